#include "models/store/cassandra/data_model.h"

#include "models/store/objects.h"
#include "sim/base/assert.h"

#include <algorithm>

namespace cleave::models::store::cassandra {

namespace {

using Kind = Column::Kind;

constexpr Column kOnly{Kind::cell, 0, 0};
constexpr Column kMax{Kind::value, 0, 0};

// Rises with the timestamp; two entries of one microsecond differ in the low bits, as a rule.
std::uint64_t position_of(Timestamp timestamp, OperationId id) {
  constexpr std::uint64_t kUniqueBits = 16;
  constexpr std::uint64_t kMask = (1u << kUniqueBits) - 1;
  return static_cast<std::uint64_t>(timestamp) << kUniqueBits |
         (mix(pack(id), kUniqueBits) & kMask);
}

Column column_of(const Request& request, Timestamp timestamp) {
  switch (request.type) {
    case ObjectType::reg:
    case ObjectType::counter:
      return kOnly;
    case ObjectType::max_register:
      return kMax;
    case ObjectType::map:
      return {Kind::cell, request.field.value, 0};
    case ObjectType::set:
      return {Kind::cell, request.value.digest(), 0};
    case ObjectType::log:
    case ObjectType::queue:
    case ObjectType::pool:
      if (request.action == Action::acknowledge) return {Kind::range, request.version, 0};
      return {Kind::row, position_of(timestamp, request.id), pack(request.id)};
  }
  return kOnly;
}

Result served(std::uint64_t version) {
  return {.outcome = Outcome::ok, .version = version};
}

Result refused(Reason reason) {
  return {.outcome = Outcome::refused, .reason = reason};
}

std::uint64_t version_of(const Cell& cell) {
  return static_cast<std::uint64_t>(cell.timestamp);
}

Result read_cell(const Page& page) {
  if (page.cells.empty()) return served(0);
  Result result = served(version_of(page.cells.front().cell));
  result.values = {page.cells.front().cell.value};
  return result;
}

Result read_max(const Page& page) {
  Result result = read_cell(page);
  result.values.clear();
  if (!page.cells.empty()) result.number = page.cells.front().cell.timestamp;
  return result;
}

Result read_set(const Page& page) {
  Result result = served(0);
  for (const Copy& copy : page.cells) {
    result.version = std::max(result.version, version_of(copy.cell));
    if (!copy.cell.tombstone) result.values.push_back(copy.cell.value);
  }
  return result;
}

Result read_counter(const Page& page) {
  Result result = served(0);
  for (const Copy& copy : page.cells) {
    result.version = std::max(result.version, version_of(copy.cell));
    result.number += copy.cell.number;
  }
  return result;
}

// Rows that a range tombstone of another replica deletes may still be there.
Result read_rows(const Page& page) {
  Result result = served(page.newest);
  const auto rows = std::find_if(page.cells.begin(), page.cells.end(),
                                 [](const Copy& copy) { return copy.column.kind == Kind::row; });
  for (auto row = rows; row != page.cells.end(); ++row) {
    if (row->cell.tombstone || result.values.size() == kMostEntriesRead) continue;
    const bool deleted = std::any_of(page.cells.begin(), rows, [&](const Copy& range) {
      return range.column.major >= row->column.major && range.cell.timestamp >= row->cell.timestamp;
    });
    if (!deleted) result.values.push_back(row->cell.value);
  }
  return result;
}

Decision take(const Request& request, const Page& current, Timestamp timestamp) {
  for (const Copy& copy : current.cells) {
    if (copy.cell.tombstone) continue;
    Mutation mutation;
    mutation.name = {slice_of(request).partition, copy.column};
    mutation.cell = {timestamp, true, 0, copy.cell.value};  // whoever takes it again gets the same
    mutation.includes = {{timestamp, request.id}};
    Result taken = served(static_cast<std::uint64_t>(timestamp));
    taken.values = {copy.cell.value};
    return {std::move(mutation), std::move(taken)};
  }
  return {{}, refused(Reason::empty)};
}

// Added to a cell that only conditional updates write.
Decision add(const Request& request, const Page& current, Timestamp timestamp) {
  const Result before = read_counter(current);
  std::int64_t total = 0;
  const bool overflows = __builtin_add_overflow(before.number, request.number, &total);
  if (overflows || (request.action == Action::reserve && total > request.bound))
    return {{}, refused(Reason::bounded)};
  Mutation mutation;
  mutation.name = {slice_of(request).partition, kOnly};
  mutation.cell = {timestamp, false, request.number, {}};
  for (const Copy& copy : current.cells)
    if (copy.column == kOnly) mutation.cell.number += copy.cell.number;
  mutation.includes = {{timestamp, request.id}};
  Result result = served(static_cast<std::uint64_t>(timestamp));
  result.number = total;
  return {std::move(mutation), std::move(result)};
}

// An update that finds its own number in what is there was made before, and is not made again.
std::optional<Result> made_before(const Request& request, const Page& current) {
  for (const Copy& copy : current.cells)
    for (const Included& each : copy.includes) {
      if (each.update != request.id) continue;
      Result result = served(static_cast<std::uint64_t>(each.timestamp));
      if (copy.column.kind == Kind::row || copy.column.kind == Kind::range)
        result.version = request.action == Action::take ? result.version : copy.column.major;
      if (request.action == Action::take) result.values = {copy.cell.value};
      if (request.type == ObjectType::counter) result.number = read_counter(current).number;
      if (request.type == ObjectType::max_register) result.number = request.number;
      return result;
    }
  return {};
}

}  // namespace

Way way_of(const Request& request) {
  switch (request.action) {
    case Action::read:
    case Action::read_from:
      return Way::read;
    case Action::compare_and_set:
    case Action::reserve:
    case Action::take:
      return Way::conditional;
    case Action::add:
      return request.type == ObjectType::counter ? Way::count : Way::write;
    default:
      return Way::write;
  }
}

Slice slice_of(const Request& request) {
  Slice slice;
  slice.partition = token_of(request.key, request.type);
  slice.first = slice.last = column_of(request, 0);
  switch (request.type) {
    case ObjectType::set:
      slice.first = {Kind::cell, 0, 0};
      slice.last = {Kind::cell, kLast, kLast};
      break;
    case ObjectType::counter:
      slice.last = {Kind::shard, kLast, kLast};
      break;
    case ObjectType::log:
    case ObjectType::queue:
    case ObjectType::pool:
      slice.first = {Kind::range, 0, 0};
      slice.last = {Kind::row, kLast, kLast};
      slice.from = request.action == Action::read_from ? request.version : 0;
      slice.most_rows = request.action == Action::take ? kLast : kMostEntriesRead;
      break;
    default:
      break;
  }
  return slice;
}

Mutation mutation_of(const Request& request, Timestamp timestamp) {
  const bool deletes = request.action == Action::remove || request.action == Action::acknowledge;
  if (request.type == ObjectType::max_register) timestamp = request.number;
  Mutation mutation;
  mutation.name = {token_of(request.key, request.type), column_of(request, timestamp)};
  mutation.cell.timestamp = timestamp;
  mutation.cell.tombstone = deletes;
  if (!deletes) mutation.cell.value = request.value;
  mutation.includes = {{timestamp, request.id}};
  return mutation;
}

Decision decide(const Request& request, const Page& current, Timestamp timestamp) {
  if (std::optional<Result> before = made_before(request, current)) return {{}, *std::move(before)};
  if (request.action == Action::take) return take(request, current, timestamp);
  if (request.type == ObjectType::counter) return add(request, current, timestamp);
  if (request.action == Action::compare_and_set) {
    Result found = read_cell(current);
    found.outcome = Outcome::conflict;
    if (found.version != request.version) return {{}, std::move(found)};
  }
  Mutation mutation = mutation_of(request, timestamp);
  Result result = result_of(request, mutation);
  if (request.type == ObjectType::max_register) {
    result.number = std::max(result.number, read_max(current).number);
    result.version = static_cast<std::uint64_t>(result.number);
  }
  return {std::move(mutation), std::move(result)};
}

Result result_of(const Request& request, const Mutation& made) {
  Result result = served(version_of(made.cell));
  if (made.name.column.kind == Kind::row || made.name.column.kind == Kind::range)
    result.version = made.name.column.major;
  if (request.type == ObjectType::max_register) result.number = request.number;
  return result;
}

Result result_of(const Request& request, const Page& page) {
  switch (request.type) {
    case ObjectType::reg:
    case ObjectType::map:
      return read_cell(page);
    case ObjectType::max_register:
      return read_max(page);
    case ObjectType::set:
      return read_set(page);
    case ObjectType::counter:
      return read_counter(page);
    case ObjectType::log:
    case ObjectType::queue:
    case ObjectType::pool:
      return read_rows(page);
  }
  return {};
}

}  // namespace cleave::models::store::cassandra
