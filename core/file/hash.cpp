// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/file/hash.h"

#include "core/file/files.h"
#include "core/file/runninghash.h"

#include <new>
#include <openssl/evp.h>

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
RunningHash::RunningHash(RunningHash&& other) noexcept = default;
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
    RunningHash hash;
    readPieces(path, [&](std::span<const std::byte> piece) { hash.add(piece); });
    return hash.hexadecimal();
}
