// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/nn/devicegraph.h"

#include "core/nn/fastpaths.h"

#include <c10/core/Event.h>
#include <c10/core/StreamGuard.h>
#include <c10/core/impl/VirtualGuardImpl.h>

#include <algorithm>
#include <array>
#include <exception>
#include <optional>

namespace {

NoteKernels& noteKernels(at::DeviceType type)
{
    static std::array<NoteKernels, size_t(c10::COMPILE_TIME_MAX_DEVICE_TYPES)> all {};
    return all.at(size_t(type));
}

/// Whether two results are one, but for the rounding of kernels that were chosen otherwise.
bool agree(const Tensor& x, const Tensor& y)
{
    constexpr double share = 1e-2; // of the largest number: half precision
    const double most = y.abs().amax().item<double>();
    return (x - y).abs().amax().item<double>() <= share * most; // not where one is NaN
}

/// A stream of its own, on which nothing else is noted: it waits for what came before, and what
/// comes after waits for it.
class OwnStream
{
public:
    explicit OwnStream(const at::Device& device)
    {
        if (device.is_cpu()) // which has none: a call ends when its work is done
            return;
        const c10::impl::VirtualGuardImpl streams(device.type());
        m_usual = streams.getStream(device);
        m_own = streams.getNewStream(device);
        follow(*m_own, *m_usual);
        m_guard.emplace(*m_own);
    }
    ~OwnStream()
    {
        if (m_own)
            follow(*m_usual, *m_own);
    }
    OwnStream(const OwnStream&) = delete;
    OwnStream& operator=(const OwnStream&) = delete;

private:
    static void follow(const c10::Stream& next, const c10::Stream& before)
    {
        c10::Event event(before.device_type());
        event.record(before);
        event.block(next);
    }

    std::optional<c10::Stream> m_usual, m_own;
    std::optional<c10::StreamGuard> m_guard;
};

/// What @p work gives while @p kernels notes it; undefined where it fails, or may not be noted.
Tensor notedBy(NotedKernels& kernels, const std::function<Tensor()>& work)
{
    Tensor output;
    bool failed = false;
    kernels.begin();
    try {
        output = work();
    } catch (const std::exception&) {
        failed = true; // it is computed as usual then, which tells what is to be told
    }
    try { // also after a failure: the device has to go on as usual
        kernels.end();
    } catch (const std::exception&) {
        failed = true;
    }
    return failed ? Tensor() : output;
}

} // namespace

void setNoteKernels(at::DeviceType type, NoteKernels note)
{
    noteKernels(type) = note;
}

bool DeviceGraph::takes(const std::vector<Tensor>& inputs) const
{
    if (m_refused || !fastPaths().graphs || !noteKernels(inputs.at(0).device().type()))
        return false;
    return !m_noted
        || std::ranges::equal(inputs, m_inputs, [](const Tensor& x, const Tensor& noted) {
               return x.sizes() == noted.sizes() && x.scalar_type() == noted.scalar_type()
                   && x.device() == noted.device();
           });
}

Tensor DeviceGraph::computeAndNote(const std::vector<Tensor>& inputs, const Work& work)
{
    const at::Device device = inputs.front().device();
    const OwnStream stream(device);
    for (const Tensor& input : inputs)
        m_inputs.push_back(input.clone());
    const Tensor computed = work(m_inputs); // and sets up what a stream needs once
    if (!computed.defined())
        return {};
    m_noted = noteKernels(device.type())();
    m_output = notedBy(*m_noted, [&] { return work(m_inputs); });
    m_refused = !m_output.defined();
    return computed;
}

Tensor DeviceGraph::repeat(const std::vector<Tensor>& inputs)
{
    for (size_t i = 0; i < inputs.size(); ++i)
        m_inputs[i].copy_(inputs[i]);
    m_noted->repeat();
    return m_output.clone();
}

Tensor DeviceGraph::run(const std::vector<Tensor>& inputs, const Work& work)
{
    m_repeated = false;
    if (!takes(inputs))
        return work(inputs);
    Tensor result;
    switch (m_calls++) {
    case 0:
        return work(inputs);
    case 1:
        result = computeAndNote(inputs, work);
        break;
    case 2:
        result = work(inputs);
        m_refused = result.defined() && !agree(repeat(inputs), result);
        break;
    default:
        result = repeat(inputs);
        m_repeated = true;
    }
    if (m_refused || !result.defined())
        refuse();
    return result;
}

void DeviceGraph::refuse()
{
    m_refused = true;
    m_noted.reset(); // what is kept takes memory
    m_inputs.clear();
    m_output.reset();
}
