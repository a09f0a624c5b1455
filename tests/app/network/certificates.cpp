// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/app/network/certificates.h"

#include <openssl/bio.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

#include <memory>

namespace {

template<typename T, void (*free)(T*)>
struct Freed
{
    void operator()(T* thing) const { free(thing); }
};
using Key = std::unique_ptr<EVP_PKEY, Freed<EVP_PKEY, EVP_PKEY_free>>;
using Certificate = std::unique_ptr<X509, Freed<X509, X509_free>>;
using Memory = std::unique_ptr<BIO, Freed<BIO, BIO_free_all>>;

void extend(X509* certificate, X509* issuer, int what, const QByteArray& value)
{
    X509V3_CTX context;
    X509V3_set_ctx_nodb(&context);
    X509V3_set_ctx(&context, issuer, certificate, nullptr, nullptr, 0);
    if (X509_EXTENSION* made = X509V3_EXT_conf_nid(nullptr, &context, what, value.constData())) {
        X509_add_ext(certificate, made, -1);
        X509_EXTENSION_free(made);
    }
}

Certificate begun(EVP_PKEY* key, const char* name, long serial, int lastYear)
{
    Certificate certificate(X509_new());
    X509_set_version(certificate.get(), 2);
    ASN1_INTEGER_set(X509_get_serialNumber(certificate.get()), serial);
    ASN1_TIME_set_string(X509_getm_notBefore(certificate.get()), "19800101000000Z");
    const QByteArray end = QByteArray::number(lastYear) + "1231235959Z";
    ASN1_TIME_set_string(X509_getm_notAfter(certificate.get()), end.constData());
    X509_NAME_add_entry_by_txt(
        X509_get_subject_name(certificate.get()), "CN", MBSTRING_ASC,
        reinterpret_cast<const unsigned char*>(name), -1, -1, 0);
    X509_set_pubkey(certificate.get(), key);
    return certificate;
}

Certificate ofServer(EVP_PKEY* key, int lastYear)
{
    static long serial = 1;
    return begun(key, "Server of a test", ++serial, lastYear);
}

void sign(X509* certificate, const QStringList& names, X509* issuer, EVP_PKEY* key)
{
    X509_set_issuer_name(certificate, X509_get_subject_name(issuer));
    QStringList alternatives;
    for (const QString& name : names)
        alternatives << QStringLiteral("DNS:") + name;
    extend(certificate, issuer, NID_basic_constraints, "critical,CA:FALSE");
    extend(
        certificate, issuer, NID_subject_alt_name, alternatives.join(QLatin1Char(',')).toLatin1());
    X509_sign(certificate, key, EVP_sha256());
}

QByteArray contents(BIO* memory)
{
    char* data = nullptr;
    const long size = BIO_get_mem_data(memory, &data);
    return {data, qsizetype(size)};
}

QSslCertificate toQt(X509* certificate)
{
    const Memory memory(BIO_new(BIO_s_mem()));
    PEM_write_bio_X509(memory.get(), certificate);
    return QSslCertificate(contents(memory.get()));
}

QSslKey toQt(EVP_PKEY* key)
{
    const Memory memory(BIO_new(BIO_s_mem()));
    PEM_write_bio_PrivateKey(memory.get(), key, nullptr, nullptr, 0, nullptr, nullptr);
    return QSslKey(contents(memory.get()), QSsl::Ec);
}

} // namespace

struct Authority::Parts
{
    Key key;
    Certificate certificate;
};

Authority::Authority()
    : m_parts(new Parts {.key = Key(EVP_EC_gen("P-256")), .certificate = {}})
{
    m_parts->certificate = begun(m_parts->key.get(), "Authority of a test", 1, 2999);
    X509* const own = m_parts->certificate.get();
    X509_set_issuer_name(own, X509_get_subject_name(own));
    extend(own, own, NID_basic_constraints, "critical,CA:TRUE");
    extend(own, own, NID_key_usage, "critical,keyCertSign");
    extend(own, own, NID_subject_key_identifier, "hash");
    X509_sign(own, m_parts->key.get(), EVP_sha256());
}

Authority::~Authority()
{
    delete m_parts;
}

QSslCertificate Authority::certificate() const
{
    return toQt(m_parts->certificate.get());
}

Authority::Identity Authority::identity(const QStringList& names, int lastYear) const
{
    const Key key(EVP_EC_gen("P-256"));
    const Certificate made = ofServer(key.get(), lastYear);
    X509* const issuer = m_parts->certificate.get();
    sign(made.get(), names, issuer, m_parts->key.get());
    return {.certificate = toQt(made.get()), .key = toQt(key.get())};
}

Authority::Identity Authority::selfSigned(const QStringList& names)
{
    const Key key(EVP_EC_gen("P-256"));
    const Certificate made = ofServer(key.get(), 2999);
    sign(made.get(), names, made.get(), key.get());
    return {.certificate = toQt(made.get()), .key = toQt(key.get())};
}
