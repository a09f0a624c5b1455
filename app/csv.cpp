// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/csv.h"

#include "core/errors.h"

#include <QByteArrayView>
#include <QStringConverter>

#include <algorithm>

namespace {

/// What is between the fields: of the three signs the one that the head line has most often,
/// outside of quotes.
char separatorOf(std::string_view text)
{
    std::size_t counts[] = {0, 0, 0};
    constexpr std::string_view signs = ",;\t";
    bool quoted = false;
    for (const char c : text) {
        quoted = quoted != (c == '"');
        if (!quoted && (c == '\n' || c == '\r'))
            break;
        if (const std::size_t sign = signs.find(c); !quoted && sign != signs.npos)
            ++counts[sign];
    }
    return signs[std::size_t(std::ranges::max_element(counts) - counts)];
}

void checkText(std::string_view text)
{
    if (text.size() > largestCsv)
        throw Error(
            "The table is larger than %1 MiB: divide it into several.", int(largestCsv >> 20));
    QStringDecoder decoder(QStringDecoder::Utf8);
    const QString decoded = decoder(QByteArrayView(text.data(), qsizetype(text.size())));
    if (decoder.hasError() || decoded.contains(QChar(0)))
        throw Error("The table is no UTF-8 text: save it as CSV in UTF-8.");
}

/// Takes a text apart, sign by sign.
class Reader
{
public:
    explicit Reader(std::string_view text)
        : m_text(text)
        , m_separator(separatorOf(text))
    {
    }

    bool atEnd() const { return m_at >= m_text.size(); }

    std::vector<std::string> row()
    {
        ++m_row;
        std::vector<std::string> fields;
        while (true) {
            fields.push_back(field());
            if (atEnd() || m_text[m_at] != m_separator)
                break;
            ++m_at;
        }
        if (!atEnd() && m_text[m_at] == '\r')
            ++m_at;
        if (!atEnd() && m_text[m_at] == '\n')
            ++m_at;
        if (fields.size() == 1 && fields.front().empty())
            fields.clear();
        return fields;
    }

private:
    bool endsField() const
    {
        return atEnd() || m_text[m_at] == m_separator || m_text[m_at] == '\n'
            || m_text[m_at] == '\r';
    }

    std::string field()
    {
        if (!atEnd() && m_text[m_at] == '"')
            return quoted();
        const std::size_t begin = m_at;
        while (!endsField())
            ++m_at;
        return checked(std::string(m_text.substr(begin, m_at - begin)));
    }

    std::string quoted()
    {
        std::string field;
        for (++m_at; !atEnd(); ++m_at) {
            if (m_text[m_at] != '"') {
                field += m_text[m_at];
                continue;
            }
            ++m_at;
            if (endsField())
                return checked(std::move(field));
            if (m_text[m_at] != '"')
                throw Error(
                    "Row %1 of the table has text behind a closing quote: double the quotes that "
                    "belong to a text.",
                    m_row);
            field += '"';
        }
        throw Error("Row %1 of the table opens a quote that does not end.", m_row);
    }

    std::string checked(std::string field) const
    {
        if (field.size() > longestCsvField)
            throw Error(
                "Row %1 of the table has a field of more than %2 KiB.", m_row,
                int(longestCsvField >> 10));
        return field;
    }

    std::string_view m_text;
    char m_separator;
    std::size_t m_at = 0;
    int m_row = 0;
};

} // namespace

CsvTable readCsv(std::string_view text)
{
    checkText(text);
    constexpr std::string_view mark = "\xEF\xBB\xBF";
    if (text.starts_with(mark))
        text.remove_prefix(mark.size());
    Reader reader(text);
    CsvTable table;
    table.head = reader.row();
    if (table.head.empty())
        throw Error("The table has no head line: name its columns in the first row.");
    while (!reader.atEnd()) {
        if (table.rows.size() == mostCsvRows)
            throw Error(
                "The table has more than %1 rows: divide it into several.", int(mostCsvRows));
        table.rows.push_back(reader.row());
    }
    return table;
}
