#include "sim/explore/comparison.h"

#include "sim/base/assert.h"
#include "sim/report/phrases.h"

#include <algorithm>
#include <charconv>
#include <map>
#include <utility>

namespace cleave {
namespace {

constexpr std::int64_t kMillion = 1'000'000;

// Latest of all stores; none if one never parted, or is not together yet.
std::optional<std::int64_t> together_of(const RunResult& run) {
  std::optional<std::int64_t> last;
  for (const StoreResult& store : run.stores) {
    if (!store.curve.diverged) continue;
    if (!store.curve.converged) return std::nullopt;
    last = std::max(last.value_or(0), store.curve.converged->ns);
  }
  return last;
}

std::optional<std::int64_t> least_served_of(const RunResult& run) {
  std::optional<std::int64_t> least;
  for (const AvailabilityRow& row : run.availability) {
    const std::uint64_t all = operations(row);
    if (all == 0) continue;
    const auto share =
        static_cast<std::int64_t>(served(row) * static_cast<std::uint64_t>(kMillion) / all);
    least = std::min(least.value_or(kMillion), share);
  }
  return least;
}

std::optional<std::int64_t>& value_of(Measured& measured, Measure measure) {
  return measured.values[static_cast<std::size_t>(measure)];
}

const std::optional<std::int64_t>& value_of(const Measured& measured, Measure measure) {
  return measured.values[static_cast<std::size_t>(measure)];
}

std::string_view take_word(std::string_view& line, char end) {
  const std::size_t at = line.find(end);
  CLEAVE_CHECK(at != std::string_view::npos, "a line of measures is whole");
  const std::string_view word = line.substr(0, at);
  line.remove_prefix(at + 1);
  return word;
}

std::int64_t take_number(std::string_view& line) {
  const std::string_view word = take_word(line, ' ');
  std::int64_t number = 0;
  const auto read = std::from_chars(word.data(), word.data() + word.size(), number);
  CLEAVE_CHECK(read.ec == std::errc{}, "a line of measures has numbers");
  return number;
}

// Nearest rank, of sorted values.
std::int64_t at_rank(const std::vector<std::int64_t>& sorted, std::size_t percent) {
  const std::size_t rank = (sorted.size() * percent + 99) / 100;
  return sorted[std::max<std::size_t>(rank, 1) - 1];
}

std::int64_t median_of(std::vector<std::int64_t> values) {
  std::stable_sort(values.begin(), values.end());
  return at_rank(values, 50);
}

}  // namespace

std::string_view to_string(Measure measure) {
  constexpr std::array<std::string_view, kMeasures> kNames{
      "apart", "together", "lost", "stale", "least served", "p50", "p99"};
  return kNames[static_cast<std::size_t>(measure)];
}

Measured measured(const RunResult& run) {
  Measured m;
  m.status = run.status;
  std::uint64_t apart = 0;
  std::uint64_t lost = 0;
  for (const StoreResult& store : run.stores) {
    apart = std::max(apart, store.curve.peak);
    lost += store.lost_acknowledged;
  }
  value_of(m, Measure::apart) = static_cast<std::int64_t>(apart);
  value_of(m, Measure::together) = together_of(run);
  value_of(m, Measure::lost) = static_cast<std::int64_t>(lost);
  std::uint64_t stale = 0;
  for (const CapRow& row : run.cap)
    stale += row.stale;
  if (!run.cap.empty()) value_of(m, Measure::stale) = static_cast<std::int64_t>(stale);
  value_of(m, Measure::least_served) = least_served_of(run);
  for (const LatencyRow& row : run.latency) {
    m.operations.push_back({row.operation, row.p50});
    auto& p50 = value_of(m, Measure::p50);
    auto& p99 = value_of(m, Measure::p99);
    p50 = std::max(p50.value_or(0), row.p50.ns);
    p99 = std::max(p99.value_or(0), row.p99.ns);
  }
  return m;
}

std::string to_line(const Measured& m) {
  std::string line = std::to_string(static_cast<int>(m.status)) + " ";
  for (const auto& value : m.values)
    line += value ? "1 " + std::to_string(*value) + " " : "0 ";
  line += std::to_string(m.operations.size()) + " ";
  for (const Measured::Operation& operation : m.operations)
    line += std::to_string(operation.p50.ns) + " " + operation.name + "\n";
  return line;
}

Measured read_measured(std::string_view line) {
  Measured m;
  m.status = static_cast<Status>(take_number(line));
  for (auto& value : m.values)
    if (take_number(line) == 1) value = take_number(line);
  const std::int64_t operations = take_number(line);
  for (std::int64_t i = 0; i < operations; ++i) {
    const Duration p50{take_number(line)};
    m.operations.push_back({std::string(take_word(line, '\n')), p50});
  }
  return m;
}

std::optional<Spread> spread_of(std::vector<std::int64_t> values) {
  if (values.empty()) return std::nullopt;
  std::stable_sort(values.begin(), values.end());
  if (values.size() < kFewSeeds)
    return Spread{values.size(), at_rank(values, 50), values.front(), values.back()};
  return Spread{values.size(), at_rank(values, 50), at_rank(values, 5), at_rank(values, 95)};
}

std::optional<Spread> spread_of(const Compared& compared, Measure measure) {
  std::vector<std::int64_t> values;
  for (const Measured& seed : compared.of_seeds)
    if (const auto& value = value_of(seed, measure)) values.push_back(*value);
  return spread_of(std::move(values));
}

std::optional<PairedDifference> difference(const Compared& from, const Compared& to,
                                           Measure measure) {
  PairedDifference found;
  std::vector<std::int64_t> differences;
  for (std::size_t i = 0; i < std::min(from.of_seeds.size(), to.of_seeds.size()); ++i) {
    const auto& a = value_of(from.of_seeds[i], measure);
    const auto& b = value_of(to.of_seeds[i], measure);
    if (!a || !b) continue;
    differences.push_back(*b - *a);
    ++(*b > *a ? found.higher : *b < *a ? found.lower : found.equal);
  }
  if (differences.empty()) return std::nullopt;
  found.median = median_of(std::move(differences));
  return found;
}

std::size_t as_stated(const Compared& compared) {
  return static_cast<std::size_t>(
      std::count_if(compared.of_seeds.begin(), compared.of_seeds.end(),
                    [](const Measured& seed) { return seed.status == Status::as_stated; }));
}

Status status_of(const Comparison& comparison) {
  Status status = Status::as_stated;
  for (const Compared& compared : comparison.all)
    for (const Measured& seed : compared.of_seeds)
      status = first_of(status, seed.status);
  return status;
}

namespace {

struct Point {
  Duration delay;
  std::int64_t latency = 0;
};

// Of any two delays; in thousandths, rounded towards zero.
std::optional<std::int64_t> slope_of(const std::vector<Point>& points) {
  std::vector<std::int64_t> slopes;
  for (std::size_t i = 0; i < points.size(); ++i)
    for (std::size_t j = i + 1; j < points.size(); ++j)
      if (points[i].delay != points[j].delay)
        slopes.push_back((points[j].latency - points[i].latency) * 1000 /
                         (points[j].delay.ns - points[i].delay.ns));
  if (slopes.empty()) return std::nullopt;
  return median_of(std::move(slopes));
}

}  // namespace

std::vector<DelaySlope> delay_slopes(const Comparison& comparison) {
  std::map<std::pair<std::string, std::string>, std::vector<Point>> points;
  std::vector<std::pair<std::string, std::string>> order;
  for (const Compared& compared : comparison.all) {
    if (!compared.delay) continue;
    std::map<std::string, std::vector<std::int64_t>> latencies;
    for (const Measured& seed : compared.of_seeds)
      for (const Measured::Operation& operation : seed.operations)
        latencies[operation.name].push_back(operation.p50.ns);
    for (auto& [operation, values] : latencies) {
      const std::pair key(compared.name, operation);
      if (!points.contains(key)) order.push_back(key);
      points[key].push_back({*compared.delay, median_of(std::move(values))});
    }
  }
  std::vector<DelaySlope> slopes;
  for (const auto& key : order)
    if (const auto slope = slope_of(points[key]))
      slopes.push_back({key.first, key.second, *slope, points[key].size()});
  return slopes;
}

}  // namespace cleave
