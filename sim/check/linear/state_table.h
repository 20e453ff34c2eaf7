// Lists of numbers, each numbered once: states of objects that do not fit into one word.
#pragma once
#include "sim/base/random.h"
#include "sim/check/history/value.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace cleave::linear {

class StateTable {
 public:
  std::uint32_t intern(std::span<const std::uint32_t> list) {
    if ((ends_.size() + 1) * 2 > slots_.size()) grow();
    std::uint32_t& slot = slots_[slot_of(list)];
    if (slot == 0) {
      words_.insert(words_.end(), list.begin(), list.end());
      ends_.push_back(words_.size());
      slot = static_cast<std::uint32_t>(ends_.size());
    }
    return slot - 1;
  }
  // Valid until the next intern().
  std::span<const std::uint32_t> at(std::uint64_t state) const {
    const std::size_t begin = state == 0 ? 0 : ends_[state - 1];
    return std::span(words_).subspan(begin, ends_[state] - begin);
  }
  std::uint64_t bytes() const {
    return words_.capacity() * sizeof(words_[0]) + ends_.capacity() * sizeof(ends_[0]) +
           slots_.capacity() * sizeof(slots_[0]);
  }

 private:
  std::vector<std::uint32_t> words_;
  std::vector<std::size_t> ends_;
  std::vector<std::uint32_t> slots_;  // numbers from 1, hashed; a power of two, at most half full

  std::size_t slot_of(std::span<const std::uint32_t> list) const {
    std::uint64_t hash = list.size();
    for (const std::uint32_t word : list)
      hash = mix(hash, word);
    const std::size_t mask = slots_.size() - 1;
    std::size_t slot = static_cast<std::size_t>(hash) & mask;
    while (slots_[slot] != 0 && !std::ranges::equal(at(slots_[slot] - 1), list))
      slot = (slot + 1) & mask;
    return slot;
  }
  void grow() {
    slots_.assign(slots_.empty() ? 64 : slots_.size() * 2, 0);
    for (std::size_t i = 0; i < ends_.size(); ++i)
      slots_[slot_of(at(i))] = static_cast<std::uint32_t>(i + 1);
  }
};

// Sequences that only grow, as nodes of a tree (a trie, Fredkin 1960): each is its parent and one
// element more. Node 0 is the empty one.
class PrefixTree {
 public:
  std::uint32_t child(std::uint32_t parent, std::uint64_t element) {
    if ((nodes_.size() + 1) * 2 > slots_.size()) grow();
    std::uint32_t& slot = slots_[slot_of({parent, element})];
    if (slot == 0) {
      nodes_.push_back({parent, element});
      slot = static_cast<std::uint32_t>(nodes_.size());
    }
    return slot;
  }
  // Requires: it is not the empty one.
  std::uint32_t parent(std::uint32_t node) const { return nodes_[node - 1].parent; }
  std::uint64_t element(std::uint32_t node) const { return nodes_[node - 1].element; }
  std::uint64_t bytes() const {
    return nodes_.capacity() * sizeof(nodes_[0]) + slots_.capacity() * sizeof(slots_[0]);
  }

 private:
  struct Node {
    std::uint32_t parent = 0;
    std::uint64_t element = 0;
    bool operator==(const Node&) const = default;
  };
  std::vector<Node> nodes_;           // node i + 1
  std::vector<std::uint32_t> slots_;  // numbers of nodes, hashed; a power of two, at most half full

  std::size_t slot_of(const Node& node) const {
    const std::size_t mask = slots_.size() - 1;
    std::size_t slot = static_cast<std::size_t>(mix(node.parent, node.element)) & mask;
    while (slots_[slot] != 0 && nodes_[slots_[slot] - 1] != node)
      slot = (slot + 1) & mask;
    return slot;
  }
  void grow() {
    slots_.assign(slots_.empty() ? 64 : slots_.size() * 2, 0);
    for (std::size_t i = 0; i < nodes_.size(); ++i)
      slots_[slot_of(nodes_[i])] = static_cast<std::uint32_t>(i + 1);
  }
};

// Values by their rank among those that occur.
class Ranks {
 public:
  void add(Value value) { values_.push_back(value); }
  void sort() {
    std::stable_sort(values_.begin(), values_.end());
    values_.erase(std::unique(values_.begin(), values_.end()), values_.end());
  }
  // Requires: it was added, and sort() was called since.
  std::uint32_t operator()(Value value) const {
    return static_cast<std::uint32_t>(std::lower_bound(values_.begin(), values_.end(), value) -
                                      values_.begin());
  }
  std::size_t size() const { return values_.size(); }
  std::uint64_t bytes() const { return values_.capacity() * sizeof(Value); }

 private:
  std::vector<Value> values_;
};

}  // namespace cleave::linear
