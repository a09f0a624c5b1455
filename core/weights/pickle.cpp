// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/weights/pickle.h"

#include "core/errors.h"
#include "core/file/inputfile.h"
#include "core/weights/pickleglobals.h"

#include <algorithm>
#include <cstdio>
#include <cstring>
#include <unordered_map>

namespace {

constexpr size_t maximalStack = 1'000'000, maximalMemo = 2'000'000, maximalString = 1 << 20;
constexpr size_t maximalKey = 64, maximalValues = 500'000, maximalInstructions = 10'000'000;
constexpr int maximalDepth = 64;
constexpr uint32_t mark = UINT32_MAX;

class Machine
{
public:
    Machine(std::string_view bytes, const std::string& file)
        : m_bytes(bytes)
        , m_file(file)
    {
    }

    Pickle run()
    {
        for (size_t i = 0; i < maximalInstructions; ++i)
            if (!execute(uint8_t(take(1).front()))) {
                const uint32_t root = pop();
                return {std::move(m_values), root};
            }
        fail({"has more than %1 instructions", maximalInstructions});
    }

    size_t position() const { return m_position; }

private:
    std::string_view m_bytes;
    const std::string& m_file;
    size_t m_position = 0, m_instruction = 0, m_items = 0;
    std::vector<PickleValue> m_values = {};
    std::vector<uint32_t> m_stack = {};
    std::unordered_map<uint32_t, uint32_t> m_memo = {};

    [[noreturn]] void fail(const Sentence& problem) const
    {
        throw Error("The pickle in the file %1 %2 (at byte %3).", m_file, problem, m_instruction);
    }

    std::string_view take(size_t size)
    {
        if (size > m_bytes.size() - m_position)
            fail("ends too early");
        m_position += size;
        return m_bytes.substr(m_position - size, size);
    }

    template<typename T>
    T takeNumber()
    {
        T value;
        std::memcpy(&value, take(sizeof value).data(), sizeof value);
        return value;
    }

    std::string_view takeLine()
    {
        const size_t end = m_bytes.find('\n', m_position);
        if (end == m_bytes.npos || end - m_position > maximalString)
            fail("ends too early");
        const std::string_view line = take(end - m_position);
        take(1);
        return line;
    }

    void push(uint32_t index)
    {
        if (m_stack.size() >= maximalStack)
            fail("piles up too many values");
        m_stack.push_back(index);
    }

    void pushValue(PickleValue value)
    {
        if (m_values.size() >= maximalValues)
            fail("has too many values");
        for (const uint32_t item : value.items)
            nest(value, item);
        m_values.push_back(std::move(value));
        push(uint32_t(m_values.size() - 1));
    }

    void nest(PickleValue& container, uint32_t item) const
    {
        const int depth = std::max<int>(container.depth, m_values[item].depth + 1);
        if (depth > maximalDepth)
            fail("nests values too deeply");
        container.depth = uint8_t(depth);
    }

    void pushNumber(PickleValue::Kind kind, int64_t n) { pushValue({.kind = kind, .number = n}); }

    void pushString(size_t size)
    {
        if (size > maximalString)
            fail({"has a text longer than %1 bytes", maximalString});
        pushValue({.kind = PickleValue::String, .text = std::string(take(size))});
    }

    uint32_t top() const
    {
        if (m_stack.empty() || m_stack.back() == mark)
            fail("takes a value where there is none");
        return m_stack.back();
    }

    uint32_t pop()
    {
        const uint32_t index = top();
        m_stack.pop_back();
        return index;
    }

    /// The values above the last mark, which goes as well.
    std::vector<uint32_t> popMarked()
    {
        const auto found = std::find(m_stack.rbegin(), m_stack.rend(), mark).base();
        if (found == m_stack.begin())
            fail("takes values from a mark where there is none");
        std::vector<uint32_t> items(found, m_stack.end());
        m_stack.erase(found - 1, m_stack.end());
        return items;
    }

    void pushTuple(std::vector<uint32_t> items)
    {
        pushValue({.kind = PickleValue::Tuple, .items = std::move(items)});
    }

    void pushLastAsTuple(size_t n)
    {
        std::vector<uint32_t> items(n);
        for (size_t i = n; i > 0; --i)
            items[i - 1] = pop();
        pushTuple(std::move(items));
    }

    void remember(size_t index)
    {
        if (index > maximalMemo)
            fail("remembers a value under too large a number");
        m_memo[uint32_t(index)] = top();
    }

    void recall(uint32_t index)
    {
        if (!m_memo.contains(index))
            fail("recalls a value that it never remembered");
        push(m_memo.at(index));
    }

    /// Adds to the list or dict that is on top.
    void add(const std::vector<uint32_t>& items, PickleValue::Kind kind)
    {
        PickleValue& container = m_values[top()];
        if (container.kind == PickleValue::Opaque) // what is in a counter means nothing here
            return;
        if (container.kind != kind || (kind == PickleValue::Dict && items.size() % 2 != 0))
            fail("adds items to something that takes none");
        if ((m_items += items.size()) > maximalInstructions) // a dict may be given its own again
            fail("has too many values");
        for (const uint32_t item : items) {
            nest(container, item);
            container.items.push_back(item);
        }
    }

    void pushGlobal()
    {
        const std::string module(takeLine()), name = module + "." + std::string(takeLine());
        if (const Sentence problem = problemOfGlobal(name); !problem.empty())
            fail(problem);
        pushValue({.kind = PickleValue::Global, .text = name});
    }

    void pushStorage()
    {
        const PickleValue& id = m_values[pop()];
        const auto item = [&](size_t i) -> const PickleValue& { return m_values[id.items[i]]; };
        // The form from before 1.6 has a sixth item, None unless the storage is part of another.
        const bool whole =
            id.items.size() == 5 || (id.items.size() == 6 && item(5).kind == PickleValue::None);
        if (id.kind != PickleValue::Tuple || !whole || item(0).kind != PickleValue::String
            || item(0).text != "storage" || item(1).kind != PickleValue::Global
            || item(2).kind != PickleValue::String || item(2).text.size() > maximalKey
            || item(4).kind != PickleValue::Integer || item(4).number < 0)
            fail("refers to something that is no storage");
        const std::string_view dtype = storageDtype(item(1).text);
        if (dtype.empty())
            fail({"has a storage of the unknown type %1", inQuotes(item(1).text)});
        pushValue(
            {.kind = PickleValue::Storage,
             .number = item(4).number,
             .text = item(2).text,
             .dtype = std::string(dtype)});
    }

    /// What a call would make, for the functions that are understood.
    void reduce()
    {
        const PickleValue &arguments = m_values[pop()], &function = m_values[pop()];
        if (function.kind != PickleValue::Global || arguments.kind != PickleValue::Tuple)
            fail("calls something that is no function");
        const std::vector<uint32_t>& items = arguments.items;
        const std::string& name = function.text;
        if (isDecoration(name) || name == "torch.device")
            pushValue({.kind = PickleValue::Opaque});
        else if (
            (name == "collections.OrderedDict" && items.empty())
            || (name == "collections.defaultdict" && items.size() <= 1))
            pushValue({.kind = PickleValue::Dict});
        else if (name == "torch.Size" && items.size() == 1)
            push(items[0]);
        else if (name == "torch._utils._rebuild_parameter" && items.size() == 3)
            push(items[0]);
        else if (rebuildsTensor(name, items.size()))
            pushValue(
                {.kind = PickleValue::Tensor,
                 .dtype =
                     std::string(items.size() >= 7 ? elementDtype(m_values[items[6]].text) : ""),
                 .items = {items[0], items[1], items[2], items[3]}});
        else
            fail({"calls %1 in a way that is not known", inQuotes(name)});
    }

    void newObject()
    {
        pop();
        const PickleValue made = m_values[pop()];
        const bool isDict = made.text == parameterDict;
        if (made.kind != PickleValue::Global || !(isDict || isDecoration(made.text)))
            fail("makes an object of a kind that is not known");
        pushValue({.kind = isDict ? PickleValue::Dict : PickleValue::Opaque, .text = made.text});
    }

    /// Attributes of an object: those of a dictionary of parameters alone mean something.
    void build()
    {
        const uint32_t state = pop();
        const PickleValue& made = m_values[top()];
        if (made.kind != PickleValue::Opaque && made.kind != PickleValue::Dict)
            fail("gives attributes to a value that has none");
        if (made.text != parameterDict)
            return;
        // Copies: the attributes, and what is in them, may be the very value that grows.
        const std::vector<uint32_t> items = m_values[state].items;
        if ((m_items += items.size()) > maximalInstructions) // a few bytes may ask for it again
            fail("has too many values");
        for (size_t i = 0; i + 1 < items.size(); i += 2)
            if (m_values[items[i]].text == "_parameters") {
                const PickleValue parameters = m_values[items[i + 1]];
                add(parameters.items, parameters.kind);
            }
    }

    void pushLong()
    {
        const std::string_view bytes = take(takeNumber<uint8_t>());
        if (bytes.size() > 8)
            return pushValue({.kind = PickleValue::Opaque});
        uint64_t value = bytes.empty() || int8_t(bytes.back()) >= 0 ? 0 : ~uint64_t(0);
        for (size_t i = bytes.size(); i > 0; --i)
            value = value << 8 | uint8_t(bytes[i - 1]);
        pushNumber(PickleValue::Integer, int64_t(value));
    }

    void checkProtocol()
    {
        if (const int protocol = takeNumber<uint8_t>(); protocol != 2)
            fail(
                {"is of protocol %1, where 2 is expected: please save it again with PyTorch's "
                 "usual settings",
                 protocol});
    }

    /// False: the end.
    bool execute(uint8_t opcode)
    {
        m_instruction = m_position - 1;
        if (executeStructure(opcode) || executeValue(opcode))
            return true;
        if (opcode == '.')
            return false;
        char code[8];
        std::snprintf(code, sizeof code, "0x%02x", unsigned(opcode));
        fail({"uses the instruction %1, which no weights need", std::string(code)});
    }

    bool executeValue(uint8_t opcode);
    bool executeStructure(uint8_t opcode);
};

/// Instructions that put one value on the stack; false: it is none of them.
bool Machine::executeValue(uint8_t opcode)
{
    switch (opcode) {
    case 'N':
        return pushValue({}), true;
    case 0x88:
    case 0x89:
        return pushNumber(PickleValue::Bool, opcode == 0x88), true;
    case 'J':
        return pushNumber(PickleValue::Integer, takeNumber<int32_t>()), true;
    case 'K':
        return pushNumber(PickleValue::Integer, takeNumber<uint8_t>()), true;
    case 'M':
        return pushNumber(PickleValue::Integer, takeNumber<uint16_t>()), true;
    case 0x8a:
        return pushLong(), true;
    case 'G':
        return take(8), pushValue({.kind = PickleValue::Float}), true;
    case 'X':
        return pushString(takeNumber<uint32_t>()), true;
    case 'U':
        return pushString(takeNumber<uint8_t>()), true;
    case 'c':
        return pushGlobal(), true;
    case 'h':
        return recall(takeNumber<uint8_t>()), true;
    case 'j':
        return recall(takeNumber<uint32_t>()), true;
    case ')':
        return pushTuple({}), true;
    case '}':
        return pushValue({.kind = PickleValue::Dict}), true;
    case ']':
        return pushValue({.kind = PickleValue::List}), true;
    default:
        return false;
    }
}

/// Instructions that put values together; false: it is none of them.
bool Machine::executeStructure(uint8_t opcode)
{
    const auto addMarked = [this](PickleValue::Kind kind) { add(popMarked(), kind); };
    switch (opcode) {
    case 0x80:
        return checkProtocol(), true;
    case '(':
        return push(mark), true;
    case 't':
        return pushTuple(popMarked()), true;
    case 0x85:
    case 0x86:
    case 0x87:
        return pushLastAsTuple(opcode - 0x84), true;
    case 'q':
        return remember(takeNumber<uint8_t>()), true;
    case 'r':
        return remember(takeNumber<uint32_t>()), true;
    case 'a':
        return add({pop()}, PickleValue::List), true;
    case 'e':
        return addMarked(PickleValue::List), true;
    case 's': {
        const uint32_t value = pop(), key = pop();
        return add({key, value}, PickleValue::Dict), true;
    }
    case 'u':
        return addMarked(PickleValue::Dict), true;
    case 'Q':
        return pushStorage(), true;
    case 'R':
        return reduce(), true;
    case 0x81:
        return newObject(), true;
    case 'b':
        return build(), true;
    default:
        return false;
    }
}

} // namespace

Pickle readPickle(std::string_view bytes, const std::string& file, size_t* end)
{
    Machine machine(bytes, file);
    Pickle pickle = machine.run();
    if (end)
        *end = machine.position();
    return pickle;
}
