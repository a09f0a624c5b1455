// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

class QHostAddress;

/// Whether an address is one of the public internet: none of this computer, of a private or local
/// network, of a group, or reserved (IANA's registries of special-purpose addresses, RFC 6890);
/// also not as an IPv4 address inside an IPv6 one (mapped, translated, 6to4, Teredo).
bool isPublicAddress(const QHostAddress& address);
