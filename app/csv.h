// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

/// A table as text has it: the head line, which names the columns, and the rows below. A row may
/// have fewer fields than the head line, or more.
struct CsvTable
{
    std::vector<std::string> head = {};
    std::vector<std::vector<std::string>> rows = {}; ///< an empty line is a row without fields
};

constexpr std::size_t largestCsv = std::size_t(16) << 20; ///< bytes
constexpr std::size_t mostCsvRows = 10'000, longestCsvField = std::size_t(64) << 10;

/// Reads comma-separated values (RFC 4180): fields in quotes may have commas, line ends and doubled
/// quotes; lines end with LF or CRLF. What is between fields, a comma, a semicolon or a tab, is
/// told by the head line. UTF-8, with or without its mark at the start. Rows are counted as
/// spreadsheets do it: the head line is row 1. Throws Error naming the row.
CsvTable readCsv(std::string_view text);
