// A small scenario that is right in every way, and how tests change a place in it.
#pragma once
#include <stdexcept>
#include <string>
#include <string_view>

namespace cleave::test {

constexpr std::string_view kStory = R"(cleave: 1
name: Two coasts
run_for: 60s
topology:
  latency: aws-2017
  regions: [us-east, us-west]
  access: {phone: 4g}
stores:
  accounts: {engine: primary-backup, replicas: {us-east: 1, us-west: 1}}
clients:
  east: {count: 2, region: us-east}
  west: {region: us-west, device: phone}
workload:
  - {to: 40s, every: 10ms, by: [east, west], do: write, on: accounts, key: "user-{0..9}"}
faults:
  - {name: split, at: 10s, for: 20s, cut: [us-east, us-west]}
expect:
  - {converges: accounts, within: 10s, after: split}
)";

// The text with the one occurrence of `from` replaced.
inline std::string with(std::string_view text, std::string_view from, std::string_view to) {
  std::string changed(text);
  const std::size_t at = changed.find(from);
  if (from.empty() || at == std::string::npos || changed.find(from, at + 1) != std::string::npos)
    throw std::logic_error("not exactly one '" + std::string(from) + "' to replace");
  return changed.replace(at, from.size(), to);
}

}  // namespace cleave::test
