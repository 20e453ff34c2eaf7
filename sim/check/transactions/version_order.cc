#include "sim/check/transactions/version_order.h"

#include <algorithm>
#include <cstddef>

namespace cleave::transactions {
namespace {

void add(std::vector<Edge>& edges, const Edge& edge) {
  if (edge.from != edge.to) edges.push_back(edge);
}

void add_reads(const Versioned& versioned, std::vector<Edge>& edges) {
  for (const Read& read : versioned.reads)
    if (read.write != kInitial)
      add(edges, {versioned.writes[read.write].operation, read.operation, read.write, 0, Kind::wr});
}

// A version after the one that was read, if the next one is known to be it.
void add_miss(const Versioned& versioned, const Read& read, std::uint32_t missed,
              std::vector<Edge>& edges) {
  const std::uint32_t by = versioned.writes[missed].operation;
  add(edges, {read.operation, by, missed, read.write, Kind::rw});
}

void add_version(const Versioned& versioned, std::uint32_t before, std::uint32_t after,
                 std::vector<Edge>& edges) {
  const Writes& writes = versioned.writes;
  add(edges, {writes[before].operation, writes[after].operation, after, before, Kind::ww});
}

}  // namespace

std::vector<std::uint32_t> places_of(const Versioned& versioned, const VersionOrder& order) {
  std::vector<std::uint32_t> places(versioned.writes.all().size());
  for (std::uint32_t key = 0; key + 1 < order.first.size(); ++key) {
    std::uint32_t place = 0;
    for (const std::uint32_t write : order.of(key))
      places[write] = ++place;
  }
  return places;
}

namespace {

// Of each read the version after it, among the first `known(key)` of its key.
template <class Known>
void add_misses(const Versioned& versioned, const VersionOrder& order, Known known,
                std::vector<Edge>& edges) {
  const std::vector<std::uint32_t> places = places_of(versioned, order);
  for (const Read& read : versioned.reads) {
    if (read.write != kInitial && places[read.write] == 0) continue;
    const std::size_t next = read.write == kInitial ? 0 : places[read.write];
    if (next < known(read.key)) add_miss(versioned, read, order.of(read.key)[next], edges);
  }
}

}  // namespace

std::vector<Edge> edges_of(const Versioned& versioned, const VersionOrder& order) {
  std::vector<Edge> edges = versioned.others;
  edges.reserve(edges.size() + order.writes.size() + 2 * versioned.reads.size());
  for (std::uint32_t key = 0; key + 1 < order.first.size(); ++key) {
    const auto versions = order.of(key);
    for (std::size_t i = 1; i < versions.size(); ++i)
      add_version(versioned, versions[i - 1], versions[i], edges);
  }
  add_reads(versioned, edges);
  add_misses(
      versioned, order, [&order](std::uint32_t key) { return order.of(key).size(); }, edges);
  return edges;
}

std::vector<Edge> known_edges(const Versioned& versioned) {
  const VersionOrder& order = versioned.order;
  std::vector<Edge> edges = versioned.others;
  for (std::uint32_t key = 0; key + 1 < order.first.size(); ++key) {
    const auto versions = order.of(key);
    const std::size_t settled = versioned.settled[key];
    for (std::size_t i = 1; i < versions.size() && settled > 0; ++i)
      add_version(versioned, versions[std::min(i, settled) - 1], versions[i], edges);
  }
  add_reads(versioned, edges);
  add_misses(
      versioned, order, [&versioned](std::uint32_t key) { return versioned.settled[key]; }, edges);
  return edges;
}

std::vector<Edge> fractured_read(const Versioned& versioned, const VersionOrder& order, Sees sees) {
  const std::vector<std::uint32_t> places = places_of(versioned, order);
  const auto& reads = versioned.reads;
  const auto& writes = versioned.writes;
  const auto missed_by = [&](const Read& seen, const Read& other) -> std::vector<Edge> {
    const std::uint32_t writer = writes[seen.write].operation;
    const std::uint32_t place = other.write == kInitial ? 0 : places[other.write];
    for (std::uint32_t i = 0; i < writes.of(writer).size(); ++i) {
      const std::uint32_t missed = writes.first(writer) + i;
      if (writes[missed].key != other.key || places[missed] <= place) continue;
      if (missed == other.write) continue;
      return {{writer, seen.operation, seen.write, 0, Kind::wr},
              {seen.operation, writer, missed, other.write, Kind::rw}};
    }
    return {};
  };
  for (std::size_t begin = 0, end = 0; begin < reads.size(); begin = end) {
    while (end < reads.size() && reads[end].operation == reads[begin].operation)
      ++end;
    for (std::size_t seen = begin; seen < end; ++seen) {
      if (reads[seen].write == kInitial) continue;
      for (std::size_t i = sees == Sees::at_all ? begin : seen + 1; i < end; ++i)
        if (auto cycle = missed_by(reads[seen], reads[i]); !cycle.empty()) return cycle;
    }
  }
  return {};
}

}  // namespace cleave::transactions
