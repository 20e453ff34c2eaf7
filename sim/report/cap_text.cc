#include "sim/report/cap_text.h"

#include "sim/report/phrases.h"
#include "sim/report/typography.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <string_view>

namespace cleave {
namespace {

constexpr std::size_t kMostSplits = 3;  // times in which the network was split
constexpr std::size_t kMostRows = 8;    // of one of them
constexpr std::size_t kBar = 36;        // columns

// Several stores are told apart by their names.
std::string what(const RunResult& run, const CapRow& row) {
  return run.stores.size() > 1 ? row.kind + " " + row.store : row.kind;
}

Cell share_of(const CapRow::Share& share) {
  if (share.operations == 0) return number("-");
  return {percentage(share.served, share.operations),
          share.served == share.operations ? Tone::plain : Tone::bad, Cell::Flush::right};
}

std::vector<Row> table_of(const RunResult& run, const std::vector<CapRow>& rows) {
  std::vector<Row> table{{{"side", Tone::quiet},
                          {""},
                          heading("served"),
                          heading("sticky"),
                          heading("p50"),
                          heading("p99"),
                          heading("unknown")}};
  for (const CapRow& row : rows) {
    const std::uint64_t all = row.outcomes.all();
    const bool whole = row.outcomes.served() == all;
    table.push_back({{side_name(row)},
                     {what(run, row)},
                     {percentage(row.outcomes.served(), all) + " of " + grouped(all),
                      whole ? Tone::plain : Tone::bad, Cell::Flush::right},
                     share_of(row.sticky),
                     number(row.p50 ? rounded(*row.p50) : "-"),
                     number(row.p99 ? rounded(*row.p99) : "-"),
                     number(grouped(row.outcomes.unknown))});
  }
  return table;
}

// What was served and was not true, in words.
void write_untrue(Page& page, const RunResult& run, const std::vector<CapRow>& rows) {
  for (const CapRow& row : rows) {
    const std::string who = side_name(row) + ", " + what(run, row) + ": ";
    if (row.stale > 0)
      page.paragraph(
          who + grouped(row.stale) + " of " + grouped(row.compared) + " were stale, by up to " +
              counted(row.most_behind, "version", "versions") + " and " + rounded(row.most_late),
          Tone::bad);
    if (row.lost > 0)
      page.paragraph(who + grouped(row.lost) + " of " + grouped(row.acknowledged) +
                         " that were acknowledged are lost",
                     Tone::bad);
    if (row.unknown_held > 0)
      page.paragraph(who + grouped(row.unknown_held) + " of " + grouped(row.outcomes.unknown) +
                     " of unknown outcome were made");
  }
}

// What reached replicas, as Gilbert and Lynch count.
void write_requests(Page& page, const RunResult& run, const std::vector<CapRow>& rows) {
  std::vector<Row> table{
      {{"requests that reached replicas", Tone::quiet}, {""}, heading("answered")}};
  for (const CapRow& row : rows)
    for (const CapRow::Requests& requests : row.replicas) {
      if (requests.received == 0) continue;
      const bool all = requests.answered == requests.received;
      table.push_back(
          {{requests.replica},
           {what(run, row)},
           {percentage(requests.answered, requests.received) + " of " + grouped(requests.received),
            all ? Tone::plain : Tone::bad, Cell::Flush::right}});
    }
  if (table.size() > 1) page.table(table);
}

void write_split(Page& page, const RunResult& run, const std::vector<CapRow>& rows,
                 const TextOptions& options) {
  page.line(window_name(run, rows[0].window) + ", " + time_span(rows[0].window), Tone::strong);
  std::vector<CapRow> asked;
  for (const CapRow& row : rows)
    if (row.outcomes.all() > 0) asked.push_back(row);
  const std::size_t all = asked.size();
  asked.resize(std::min(all, kMostRows));
  page.table(table_of(run, asked));
  page.set(cap_chart(asked, kBar, options));
  write_untrue(page, run, asked);
  if (all > kMostRows) page.line("and " + grouped(all - kMostRows) + " more rows", Tone::quiet);
  write_requests(page, run, rows);
}

// Columns of each part, in proportion; whatever there is has one at least.
std::array<std::size_t, 3> columns_of_parts(const std::array<std::uint64_t, 3>& parts,
                                            std::size_t width) {
  const std::uint64_t all = parts[0] + parts[1] + parts[2];
  std::array<std::size_t, 3> columns{};
  std::size_t used = 0;
  for (std::size_t i = 0; i < 3; ++i) {
    columns[i] = parts[i] == 0
                     ? 0
                     : std::max<std::size_t>(1, static_cast<std::size_t>(parts[i] * width / all));
    used += columns[i];
  }
  // What is left over, or too much, goes to the largest.
  std::size_t& largest = *std::max_element(columns.begin(), columns.end());
  largest = largest + width - used;
  return columns;
}

}  // namespace

std::string side_name(const CapRow& row) {
  std::string name;
  for (const std::string& group : row.clients)
    name += (name.empty() ? "" : ", ") + group;
  return name.empty() ? "nobody" : name;
}

std::vector<std::string> cap_chart(const std::vector<CapRow>& rows, std::size_t width,
                                   const TextOptions& options) {
  const bool utf8 = options.charset == Charset::utf8;
  const std::array<std::string_view, 3> glyphs =
      utf8 ? std::array<std::string_view, 3>{"█", "▒", "·"}
           : std::array<std::string_view, 3>{"#", "?", "."};
  constexpr std::array<Tone, 3> kTones{Tone::curve, Tone::bad, Tone::quiet};
  std::size_t names = 0;
  for (const CapRow& row : rows)
    names = std::max(names, columns_of(side_name(row) + " " + row.kind) + 2);
  std::vector<std::string> lines;
  for (const CapRow& row : rows) {
    const std::uint64_t untrue = row.stale + row.lost;
    const auto columns = columns_of_parts(
        {row.outcomes.served() - untrue, untrue, row.outcomes.all() - row.outcomes.served()},
        width);
    std::string line = flush_left(side_name(row) + " " + row.kind, names);
    for (std::size_t part = 0; part < 3; ++part) {
      std::string bar;
      for (std::size_t i = 0; i < columns[part]; ++i)
        bar += glyphs[part];
      line += painted(bar, kTones[part], options.ink);
    }
    lines.push_back(std::move(line));
  }
  if (lines.empty()) return lines;
  lines.push_back(std::string(names, ' ') + std::string(glyphs[0]) + " served   " +
                  std::string(glyphs[1]) + " served, but stale or lost   " +
                  std::string(glyphs[2]) + " not served");
  return lines;
}

void write_cap(Page& page, const RunResult& run, const TextOptions& options) {
  page.section("cap");
  std::vector<std::vector<CapRow>> splits;
  for (const CapRow& row : run.cap) {
    if (row.sides < 2) continue;
    if (splits.empty() || splits.back().front().window != row.window) splits.emplace_back();
    splits.back().push_back(row);
  }
  if (splits.empty()) {
    page.line("the network was never split");
    return;
  }
  for (std::size_t i = 0; i < std::min(splits.size(), kMostSplits); ++i) {
    if (i > 0) page.line("");
    write_split(page, run, splits[i], options);
  }
  if (splits.size() > kMostSplits)
    page.line("and " + grouped(splits.size() - kMostSplits) + " more times; --json has them all",
              Tone::quiet);
}

}  // namespace cleave
