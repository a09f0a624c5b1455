// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/nn/pool.h"

#include "core/nn/tensor.h"

#include <sys/mman.h>

#include <algorithm>
#include <cstdlib>
#include <memory>
#include <mutex>
#include <new>
#include <set>
#include <utility>

namespace {

constexpr size_t smallest = 64 << 10;            ///< less is left to malloc
constexpr size_t step = 64;                      ///< of sizes: a cache line
constexpr size_t hugePage = 2 << 20;             ///< what segments are whole numbers of
constexpr size_t leastSegment = 32 << 20;        ///< what is asked of the system at a time
constexpr size_t idleAtMost = size_t(512) << 20; ///< of whole segments that are kept

/// A piece of a segment, in use or free; between a segment's first and last they are linked.
struct Block
{
    char* data = nullptr;
    size_t size = 0;
    bool isFree = false;
    Block *before = nullptr, *after = nullptr;

    bool isWhole() const { return isFree && !before && !after; } ///< the whole segment
};

struct BySize
{
    bool operator()(const Block* a, const Block* b) const
    {
        return a->size != b->size ? a->size < b->size : a->data < b->data;
    }
};

struct ByPlace
{
    using is_transparent = void;
    bool operator()(const Block* a, const Block* b) const { return a->data < b->data; }
    bool operator()(const Block* a, const void* b) const { return a->data < b; }
    bool operator()(const void* a, const Block* b) const { return a < b->data; }
};

using Free = std::set<Block*, BySize>;
using Used = std::set<Block*, ByPlace>;

/// The best fitting free piece is taken, and the rest of it stays; neighbours that are free become
/// one. Giving back asks for no memory, since that must not fail: the nodes of the sets go along.
class Pool final : public c10::Allocator
{
public:
    explicit Pool(c10::Allocator* forSmall)
        : m_forSmall(forSmall)
    {
    }

    c10::DataPtr allocate(size_t size) override
    {
        if (size < smallest)
            return m_forSmall->allocate(size);
        void* data = take((size + step - 1) / step * step);
        return {data, data, &giveBack, at::kCPU};
    }
    c10::DeleterFnPtr raw_deleter() const override { return &giveBack; }
    void copy_data(void* to, const void* from, size_t count) const override
    {
        default_copy_data(to, from, count);
    }

    PoolSizes sizes() const
    {
        const std::lock_guard lock(m_mutex);
        return m_sizes;
    }
    void release(size_t keeping)
    {
        const std::lock_guard lock(m_mutex);
        releaseWhole(keeping);
    }

private:
    void* take(size_t size);
    void put(void* data);
    Block* newSegment(size_t size);
    void join(Free::node_type& first, Block* second);
    void releaseWhole(size_t keeping);
    static void giveBack(void* data);

    mutable std::mutex m_mutex;
    c10::Allocator* m_forSmall;
    Free m_free;
    Used m_used;
    PoolSizes m_sizes = {};
    size_t m_idle = 0; ///< in segments that are wholly free
};

/// Never deleted: tensors may outlive everything else.
Pool* pool = nullptr;

Block* Pool::newSegment(size_t size)
{
    const size_t whole = std::max(leastSegment, (size + hugePage - 1) / hugePage * hugePage);
    auto block = std::make_unique<Block>(); // before what would have to be given back
    Free one = {block.get()};
    // Room for a beginning at a whole huge page; what is over goes back at once.
    void* const mapped =
        mmap(nullptr, whole + hugePage, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (mapped == MAP_FAILED) // NOLINT: the system's macro
        throw std::bad_alloc();
    char* const begin = static_cast<char*>(mapped);
    const size_t over = size_t(reinterpret_cast<uintptr_t>(begin) % hugePage);
    const size_t skipped = over == 0 ? 0 : hugePage - over;
    if (skipped > 0)
        munmap(begin, skipped);
    munmap(begin + skipped + whole, hugePage - skipped);
    (void)madvise(begin + skipped, whole, MADV_HUGEPAGE); // a system without has small ones
    m_sizes.reserved += int64_t(whole);
    m_idle += whole;
    auto node = one.extract(one.begin());
    *block = {.data = begin + skipped, .size = whole, .isFree = true};
    m_free.insert(std::move(node));
    return block.release();
}

void* Pool::take(size_t size)
{
    const std::lock_guard lock(m_mutex);
    Block wanted {.size = size};
    const auto found = m_free.lower_bound(&wanted);
    Block* const block = found == m_free.end() ? newSegment(size) : *found;
    const bool whole = block->isWhole();
    const size_t before = block->size;
    const bool split = before - size >= smallest;
    if (split) {
        auto rest = std::make_unique<Block>(Block {
            .data = block->data + size,
            .size = before - size,
            .isFree = true,
            .before = block,
            .after = block->after});
        m_free.insert(rest.get());
        if (rest->after)
            rest->after->before = rest.get();
        block->after = rest.release();
    }
    // From here on nothing fails.
    auto node = m_free.extract(block);
    if (whole)
        m_idle -= before;
    if (split)
        block->size = size;
    block->isFree = false;
    m_used.insert(std::move(node));
    m_sizes.used += int64_t(block->size);
    return block->data;
}

/// Makes one of two neighbours; @p node is that of the one which is not in the set now.
void Pool::join(Free::node_type& node, Block* other)
{
    Block* const mine = node.value();
    auto theirs = m_free.extract(other);
    Block* const first = mine->data < other->data ? mine : other;
    Block* const second = first->after;
    first->size += second->size;
    first->after = second->after;
    if (first->after)
        first->after->before = first;
    if (first == other)
        node = std::move(theirs);
    delete second;
}

void Pool::put(void* data)
{
    const std::lock_guard lock(m_mutex);
    const auto found = m_used.find(data);
    if (found == m_used.end()) {
        m_forSmall->raw_deleter()(data);
        return;
    }
    Free::node_type node = m_used.extract(found);
    m_sizes.used -= int64_t(node.value()->size);
    node.value()->isFree = true;
    if (Block* const after = node.value()->after; after && after->isFree)
        join(node, after);
    if (Block* const before = node.value()->before; before && before->isFree)
        join(node, before);
    Block* const block = node.value();
    m_free.insert(std::move(node));
    if (block->isWhole()) {
        m_idle += block->size;
        releaseWhole(idleAtMost);
    }
}

void Pool::releaseWhole(size_t keeping)
{
    for (auto it = m_free.begin(); it != m_free.end() && m_idle > keeping;) {
        Block* const block = *it++;
        if (!block->isWhole())
            continue;
        m_free.erase(block);
        m_idle -= block->size;
        m_sizes.reserved -= int64_t(block->size);
        munmap(block->data, block->size);
        delete block;
    }
}

void Pool::giveBack(void* data)
{
    pool->put(data);
}

} // namespace

void useMemoryPool()
{
    static std::once_flag once;
    std::call_once(once, [] {
        pool = new Pool(c10::GetAllocator(at::kCPU));
        c10::SetAllocator(at::kCPU, pool);
    });
}

PoolSizes poolSizes()
{
    return pool ? pool->sizes() : PoolSizes {};
}

void releaseIdleMemory()
{
    if (pool)
        pool->release(0);
}
