// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/file/hash.h"

#include "core/file/inputfile.h"
#include "core/file/runninghash.h"
#include "core/stopping.h"

#include <new>
#include <openssl/evp.h>
#include <vector>

struct RunningHash::Context
{
    EVP_MD_CTX* digest = EVP_MD_CTX_new();
    ~Context() { EVP_MD_CTX_free(digest); }
};

RunningHash::RunningHash()
    : m_context(std::make_unique<Context>())
{
    if (!m_context->digest || EVP_DigestInit_ex(m_context->digest, EVP_sha256(), nullptr) != 1)
        throw std::bad_alloc();
}

RunningHash::~RunningHash() = default;
RunningHash& RunningHash::operator=(RunningHash&& other) noexcept = default;

void RunningHash::add(std::span<const std::byte> bytes)
{
    if (EVP_DigestUpdate(m_context->digest, bytes.data(), bytes.size()) != 1)
        throw std::bad_alloc();
}

std::string RunningHash::hexadecimal()
{
    unsigned char digest[EVP_MAX_MD_SIZE];
    unsigned int size = 0;
    if (EVP_DigestFinal_ex(m_context->digest, digest, &size) != 1)
        throw std::bad_alloc();
    std::string text;
    for (unsigned int i = 0; i < size; ++i) {
        text += "0123456789abcdef"[digest[i] >> 4];
        text += "0123456789abcdef"[digest[i] & 15];
    }
    return text;
}

std::string sha256(std::span<const std::byte> bytes)
{
    return sha256({bytes});
}

std::string sha256(std::initializer_list<std::span<const std::byte>> parts)
{
    RunningHash hash;
    for (const auto& part : parts)
        hash.add(part);
    return hash.hexadecimal();
}

std::string sha256(const std::filesystem::path& path)
{
    const InputFile file(path);
    RunningHash hash;
    std::vector<std::byte> piece(1 << 20);
    uint64_t offset = 0;
    while (const std::size_t have = file.readSome(offset, piece)) {
        if (stopAsked())
            return {};
        hash.add({piece.data(), have});
        offset += have;
    }
    return hash.hexadecimal();
}
