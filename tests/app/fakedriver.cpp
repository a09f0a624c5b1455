// SPDX-License-Identifier: GPL-3.0-or-later

// Stands for libnvidia-ml: two GPUs, of which the second is large.

#include <cstring>

extern "C" {

int nvmlInit_v2()
{
    return 0;
}

int nvmlShutdown()
{
    return 0;
}

int nvmlSystemGetDriverVersion(char* text, unsigned size)
{
    std::strncpy(text, "535.54", size);
    return 0;
}

int nvmlSystemGetCudaDriverVersion_v2(int* version)
{
    *version = 12020;
    return 0;
}

int nvmlDeviceGetCount_v2(unsigned* count)
{
    *count = 2;
    return 0;
}

int nvmlDeviceGetHandleByIndex_v2(unsigned index, void** device)
{
    static int devices[2];
    *device = &devices[index];
    devices[index] = int(index);
    return 0;
}

int nvmlDeviceGetUUID(void* device, char* text, unsigned size)
{
    std::strncpy(
        text, *static_cast<int*>(device) == 0 ? "GPU-8932f937-small" : "GPU-89ab0123-large", size);
    return 0;
}

/// A part of the large one.
int nvmlDeviceGetHandleByUUID(const char* id, void** device)
{
    return std::strcmp(id, "MIG-part") == 0 ? nvmlDeviceGetHandleByIndex_v2(1, device) : 6;
}

int nvmlDeviceGetName(void* device, char* name, unsigned size)
{
    std::strncpy(name, *static_cast<int*>(device) == 0 ? "Small" : "Large", size);
    return 0;
}

int nvmlDeviceGetMemoryInfo(void* device, unsigned long long* memory)
{
    memory[0] = (*static_cast<int*>(device) == 0 ? 2ull : 24ull) << 30;
    memory[1] = memory[0] / 2;
    memory[2] = memory[0] - memory[1];
    return 0;
}
}
