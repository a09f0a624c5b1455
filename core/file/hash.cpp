// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/file/hash.h"

#include "core/file/files.h"

#include <memory>
#include <new>
#include <openssl/evp.h>

namespace {

class Sha256
{
public:
    Sha256()
    {
        if (!m_context || EVP_DigestInit_ex(m_context.get(), EVP_sha256(), nullptr) != 1)
            throw std::bad_alloc();
    }

    void add(std::span<const std::byte> bytes)
    {
        if (EVP_DigestUpdate(m_context.get(), bytes.data(), bytes.size()) != 1)
            throw std::bad_alloc();
    }

    std::string hexadecimal()
    {
        unsigned char digest[EVP_MAX_MD_SIZE];
        unsigned int size = 0;
        if (EVP_DigestFinal_ex(m_context.get(), digest, &size) != 1)
            throw std::bad_alloc();
        std::string text;
        for (unsigned int i = 0; i < size; ++i) {
            text += "0123456789abcdef"[digest[i] >> 4];
            text += "0123456789abcdef"[digest[i] & 15];
        }
        return text;
    }

private:
    std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> m_context {
        EVP_MD_CTX_new(), EVP_MD_CTX_free};
};

} // namespace

std::string sha256(std::span<const std::byte> bytes)
{
    return sha256({bytes});
}

std::string sha256(std::initializer_list<std::span<const std::byte>> parts)
{
    Sha256 hash;
    for (const auto& part : parts)
        hash.add(part);
    return hash.hexadecimal();
}

std::string sha256(const std::filesystem::path& path)
{
    Sha256 hash;
    readPieces(path, [&](std::span<const std::byte> piece) { hash.add(piece); });
    return hash.hexadecimal();
}
