// SPDX-License-Identifier: GPL-3.0-or-later

// Makes the targets that headers are precompiled for; there is nothing to run.
int main()
{
    return 0;
}
