// The states that replicas went through, as a tree: a node is the state of its parent and one
// update more, so that a state is the sequence of updates on the way from the root to its node.
// Replicas that apply everything in one order stay on one path. Where they part, or where one gives
// up what it had applied and goes on with something else, the tree forks.
// Invariants: (1) a parent has a lower number than its children; (2) no two children of a node have
// the same update; (3) no update is twice on one way.
#pragma once
#include <cstddef>
#include <cstdint>
#include <limits>
#include <vector>

namespace cleave::abstract {

using Node = std::uint32_t;
inline constexpr Node kNoNode = std::numeric_limits<Node>::max();

class VersionTree {
 public:
  Node add_root();
  // The state after one update more: the same node whenever it is asked for.
  Node child(Node parent, std::uint32_t update);

  std::size_t size() const { return links_.size(); }
  bool is_root(Node node) const { return links_[node].parent == kNoNode; }
  Node parent(Node node) const { return links_[node].parent; }  // Requires: no root, as is:
  std::uint32_t update(Node node) const { return links_[node].update; }
  std::uint32_t depth(Node node) const { return links_[node].depth; }     // how many updates
  Node first_child(Node node) const { return links_[node].first_child; }  // kNoNode: none, as is:
  Node sibling(Node node) const { return links_[node].sibling; }

  // To be called when the tree is complete, and before any of what follows.
  void seal();
  // Whether one sequence is a beginning of the other. A beginning of itself too.
  bool is_prefix(Node a, Node of) const {
    return order_[a] <= order_[of] && order_[of] < order_[a] + below_[a];
  }
  // The node that the update made on the way to `at`; kNoNode: it is not in that state.
  Node place_of(std::uint32_t update, Node at) const;
  bool contains(Node at, std::uint32_t update) const { return place_of(update, at) != kNoNode; }
  // All nodes that the update made: the first, and the next one after a node.
  Node first_of(std::uint32_t update) const;
  Node next_of(Node node) const { return links_[node].same_update; }
  // The longest beginning of both. Time: the way to it.
  Node common(Node a, Node b) const;
  // By node: nodes are numbered so that all that begin with one stand behind it.
  std::uint32_t order(Node node) const { return order_[node]; }

 private:
  struct Link {
    Node parent = kNoNode;
    std::uint32_t update = 0;
    std::uint32_t depth = 0;
    Node first_child = kNoNode;
    Node sibling = kNoNode;
    Node same_update = kNoNode;
  };
  std::vector<Link> links_;
  std::vector<Node> first_of_;        // by update
  std::vector<std::uint32_t> order_;  // by node, as is:
  std::vector<std::uint32_t> below_;  // nodes of its subtree
};

// Whether the state has all updates of another, in whatever order. Counts down `steps`, and says
// yes when there are none left: who asks must look at that. Time: none if `of` is a prefix, else
// the way from `of` up to where they part.
bool includes(const VersionTree& tree, Node state, Node of, std::uint64_t& steps);

}  // namespace cleave::abstract
