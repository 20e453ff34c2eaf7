#include "models/store/cassandra/table.h"

#include "sim/base/assert.h"

#include <algorithm>
#include <iterator>

namespace cleave::models::store::cassandra {

namespace {

using Kind = Column::Kind;

bool contains(const std::vector<Included>& all, OperationId update) {
  return std::any_of(all.begin(), all.end(),
                     [update](const Included& each) { return each.update == update; });
}

void tell_applied(const Mutation& mutation, const Told& told) {
  for (const Included& each : mutation.includes)
    told(each.update, true);
}

// Most come in the order of their timestamps.
void include(std::vector<Included>& into, const Included& each) {
  if (into.empty() || into.back() < each) return into.push_back(each);
  const auto place = std::lower_bound(into.begin(), into.end(), each);
  if (*place != each) into.insert(place, each);
}

}  // namespace

std::uint64_t fingerprint(const Column& column, const Cell& cell) {
  return mix(mix(static_cast<std::uint64_t>(column.kind) ^ column.major, column.minor),
             mix(static_cast<std::uint64_t>(cell.timestamp) + (cell.tombstone ? 1u : 0u),
                 cell.value.digest() ^ static_cast<std::uint64_t>(cell.number)));
}

std::uint64_t digest_of_page(const Page& page, bool tombstones_too) {
  Digest d;
  for (const Copy& copy : page.cells)
    if (tombstones_too || !copy.cell.tombstone) d.add(fingerprint(copy.column, copy.cell));
  d.add(page.more ? 1 : 0);
  d.add(page.newest);
  return d.value;
}

void unite(std::vector<Included>& into, const std::vector<Included>& more) {
  for (const Included& each : more)
    include(into, each);
}

// ---- writing ------------------------------------------------------------------------------------

void Table::apply(const Mutation& mutation, const Told& told) {
  if (mutation.name.column.kind == Kind::range) return put_range(mutation, told);
  if (mutation.name.column.kind == Kind::row) {
    const At tombstone = deleted_by(mutation.name, mutation.cell);
    if (tombstone != cells.end()) {
      unite(tombstone->second.includes, mutation.includes);
      return tell_applied(mutation, told);
    }
  }
  put(mutation, told);
}

void Table::put(const Mutation& mutation, const Told& told) {
  const auto [at, is_new] = cells.try_emplace(mutation.name);
  Stored& stored = at->second;
  if (is_new) {
    stored.cell = mutation.cell;
    if (stored.cell.tombstone) ++tombstones;
    if (!purged.empty() && return_from_purge(mutation, told)) return;
  } else if (mutation.name.column.kind == Kind::shard) {
    return put_shard(at, mutation, told);
  } else if (supersedes(mutation.cell, stored.cell)) {
    tombstones += mutation.cell.tombstone ? 1u : 0u;
    tombstones -= stored.cell.tombstone ? 1u : 0u;
    stored.cell = mutation.cell;
  }
  unite(stored.includes, mutation.includes);
  tell_applied(mutation, told);
}

// A later shard counts what its replica had counted before, unless that was lost in a crash.
void Table::put_shard(At at, const Mutation& mutation, const Told& told) {
  std::vector<Included>& counted = at->second.includes;
  if (supersedes(mutation.cell, at->second.cell)) {
    auto each = std::lower_bound(counted.begin(), counted.end(), Included{mutation.since + 1, {}});
    while (each != counted.end()) {
      const bool lost = !contains(mutation.includes, each->update);
      if (lost) told(each->update, false);
      each = lost ? counted.erase(each) : std::next(each);
    }
    at->second.cell = mutation.cell;
  }
  unite(counted, mutation.includes);
  tell_applied(mutation, told);
}

// Deletes rows, and takes over what they and lesser range tombstones stand for.
void Table::put_range(const Mutation& mutation, const Told& told) {
  const Token partition = mutation.name.partition;
  const std::uint64_t through = mutation.name.column.major;
  const Timestamp timestamp = mutation.cell.timestamp;
  const At greater = cells.lower_bound({partition, {Kind::range, through, 0}});
  if (greater != cells.end() && greater->first.partition == partition &&
      greater->first.column.kind == Kind::range && greater->second.cell.timestamp >= timestamp) {
    unite(greater->second.includes, mutation.includes);
    return tell_applied(mutation, told);
  }
  Stored range{mutation.cell, mutation.includes};
  const auto take_over = [&](At at) {
    unite(range.includes, at->second.includes);
    const At next = std::next(at);
    erase(at);
    return next;
  };
  for (At at = cells.lower_bound({partition, {Kind::range, 0, 0}});
       at != cells.end() && at->first <= CellName{partition, {Kind::range, through, kLast}};)
    at = at->second.cell.timestamp <= timestamp ? take_over(at) : std::next(at);
  for (At at = cells.lower_bound({partition, {Kind::row, 0, 0}});
       at != cells.end() && at->first <= CellName{partition, {Kind::row, through, kLast}};)
    at = at->second.cell.timestamp <= timestamp ? take_over(at) : std::next(at);
  cells.insert_or_assign(mutation.name, std::move(range));
  ++tombstones;
  tell_applied(mutation, told);
}

// The first range tombstone that reaches a row is the latest of those that do.
Table::At Table::deleted_by(const CellName& row, const Cell& cell) {
  const At at = cells.lower_bound({row.partition, {Kind::range, row.column.major, 0}});
  const bool reaches = at != cells.end() && at->first.partition == row.partition &&
                       at->first.column.kind == Kind::range;
  return reaches && at->second.cell.timestamp >= cell.timestamp ? at : cells.end();
}

void Table::erase(At at) {
  if (at->second.cell.tombstone) --tombstones;
  cells.erase(at);
}

// The cell, just put in, had a tombstone that was purged. If that would have deleted it, the
// deletion is undone.
bool Table::return_from_purge(const Mutation& mutation, const Told& told) {
  const auto found = purged.find(mutation.name);
  if (found == purged.end()) return false;
  Stored& stored = cells.at(mutation.name);
  const bool resurrected = supersedes(found->second.cell, mutation.cell);
  for (const Included& each : found->second.includes) {
    const bool undone = resurrected && each.timestamp >= mutation.cell.timestamp &&
                        !contains(mutation.includes, each.update);
    if (undone)
      told(each.update, false);
    else
      include(stored.includes, each);
  }
  unite(stored.includes, mutation.includes);
  purged.erase(found);
  tell_applied(mutation, told);
  return true;
}

void Table::purge(Timestamp before) {
  for (At at = cells.begin(); at != cells.end() && tombstones > 0;) {
    const At next = std::next(at);
    if (at->second.cell.tombstone && at->second.cell.timestamp < before) {
      Stored& gone = purged[at->first];
      gone.cell = at->second.cell;
      unite(gone.includes, at->second.includes);
      erase(at);
    }
    at = next;
  }
}

bool Table::has_purgeable(Timestamp before) const {
  return std::any_of(cells.begin(), cells.end(), [before](const auto& cell) {
    return cell.second.cell.tombstone && cell.second.cell.timestamp < before;
  });
}

// ---- reading ------------------------------------------------------------------------------------

Page Table::read(const Slice& slice, Books books) const {
  Page page;
  std::uint64_t rows = 0;
  const CellName end{slice.partition, slice.last};
  for (auto at = cells.lower_bound({slice.partition, slice.first});
       at != cells.end() && at->first <= end; ++at) {
    const Column& column = at->first.column;
    if (column.kind == Kind::row) {
      if (column.major < slice.from) {  // go on with the first that is wanted
        at = std::prev(cells.lower_bound({slice.partition, {Kind::row, slice.from, 0}}));
        page.newest = std::max(page.newest, at->first.column.major);
        continue;
      }
      if (rows == slice.most_rows) {
        page.more = true;
        break;
      }
      if (!at->second.cell.tombstone) ++rows;
    }
    page.cells.push_back({column, at->second.cell,
                          books == Books::with ? at->second.includes : std::vector<Included>{}});
  }
  if (slice.last.kind == Kind::row) {
    const auto after = cells.upper_bound({slice.partition, {Kind::row, kLast, kLast}});
    if (after != cells.begin()) {
      const CellName& last = std::prev(after)->first;
      if (last.partition == slice.partition && last.column.kind != Kind::cell)
        page.newest = std::max(page.newest, last.column.major);
    }
  }
  return page;
}

std::uint64_t Table::digest_of_slice(const Slice& slice, bool tombstones_too) const {
  return digest_of_page(read(slice, Books::without), tombstones_too);
}

std::vector<OperationId> Table::updates() const {
  std::vector<OperationId> all;
  for (const auto* stored : {&cells, &purged})
    for (const auto& [name, cell] : *stored)
      for (const Included& each : cell.includes)
        all.push_back(each.update);
  std::stable_sort(all.begin(), all.end());
  all.erase(std::unique(all.begin(), all.end()), all.end());
  return all;
}

std::uint64_t Table::state() const {
  Digest d;
  for (const auto& [name, stored] : cells) {
    if (stored.cell.tombstone) continue;
    d.add(name.partition.value);
    d.add(fingerprint(name.column, {0, false, stored.cell.number, stored.cell.value}));
  }
  return d.value;
}

void Table::check() const {
  std::uint64_t count = 0;
  Table copy = *this;
  const Cell* range = nullptr;
  const CellName* where = nullptr;
  for (const auto& [name, stored] : cells) {
    count += stored.cell.tombstone ? 1u : 0u;
    for (std::size_t i = 1; i < stored.includes.size(); ++i)
      CLEAVE_ASSERT(stored.includes[i - 1] < stored.includes[i], "what is included is in order");
    if (name.column.kind == Kind::row)
      CLEAVE_ASSERT(copy.deleted_by(name, stored.cell) == copy.cells.end(),
                    "no row is held that a range tombstone deletes");
    if (name.column.kind != Kind::range) continue;
    if (where && where->partition == name.partition)
      CLEAVE_ASSERT(stored.cell.timestamp < range->timestamp,
                    "of two range tombstones the one that reaches less far is the later");
    range = &stored.cell;
    where = &name;
  }
  CLEAVE_ASSERT(count == tombstones, "tombstones are counted");
}

}  // namespace cleave::models::store::cassandra
