// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/network/address.h"

#include <QHostAddress>

#include <algorithm>
#include <iterator>

namespace {

struct Net
{
    const char* address = nullptr;
    int bits = 0;
};

constexpr Net closed[] = {
    {"0.0.0.0", 8},       // this network
    {"10.0.0.0", 8},      // private
    {"100.64.0.0", 10},   // shared by a provider's customers
    {"127.0.0.0", 8},     // this computer
    {"169.254.0.0", 16},  // link-local, and what clouds tell their machines
    {"172.16.0.0", 12},   // private
    {"192.0.0.0", 24},    // protocols
    {"192.0.2.0", 24},    // documentation
    {"192.88.99.0", 24},  // 6to4 relays
    {"192.168.0.0", 16},  // private
    {"198.18.0.0", 15},   // benchmarks
    {"198.51.100.0", 24}, // documentation
    {"203.0.113.0", 24},  // documentation
    {"224.0.0.0", 3},     // groups, reserved, everyone
    {"::", 96},           // this computer, unspecified, IPv4-compatible
    {"64:ff9b:1::", 48},  // local translation
    {"100::", 64},        // nowhere
    {"2001:2::", 48},     // benchmarks
    {"2001:10::", 28},    // ORCHID
    {"2001:20::", 28},    // ORCHIDv2
    {"2001:db8::", 32},   // documentation
    {"3fff::", 20},       // documentation
    {"5f00::", 16},       // segment routing
    {"fc00::", 7},        // private
    {"fe80::", 10},       // link-local
    {"fec0::", 10},       // site-local, of old
    {"ff00::", 8},        // groups
};

QHostAddress inside(const Q_IPV6ADDR& bytes, int at, quint8 flip = 0)
{
    quint32 v4 = 0;
    for (int i = at; i < at + 4; ++i)
        v4 = v4 << 8 | quint8(bytes[i] ^ flip);
    return QHostAddress(v4);
}

} // namespace

bool isPublicAddress(const QHostAddress& address)
{
    if (address.isNull())
        return false;
    if (address.protocol() == QAbstractSocket::IPv6Protocol) {
        bool mapped = false;
        const quint32 v4 = address.toIPv4Address(&mapped); // of ::ffff:1.2.3.4
        if (mapped)
            return isPublicAddress(QHostAddress(v4));
        const Q_IPV6ADDR bytes = address.toIPv6Address();
        const auto in = [&](const char* net, int bits) {
            return address.isInSubnet(QHostAddress(QString::fromLatin1(net)), bits);
        };
        if (in("64:ff9b::", 96)) // as networks without IPv4 reach it
            return isPublicAddress(inside(bytes, 12));
        if (in("2002::", 16) && !isPublicAddress(inside(bytes, 2)))
            return false;
        if (in("2001::", 32) && !isPublicAddress(inside(bytes, 12, 0xff))) // Teredo
            return false;
    }
    return std::ranges::none_of(closed, [&](const Net& net) {
        const QHostAddress base(QString::fromLatin1(net.address));
        return base.protocol() == address.protocol() && address.isInSubnet(base, net.bits);
    });
}
