#include "sim/check/abstract/version_tree.h"

namespace cleave::abstract {

Node VersionTree::add_root() {
  links_.emplace_back();
  return static_cast<Node>(links_.size() - 1);
}

Node VersionTree::child(Node parent, std::uint32_t update) {
  for (Node at = links_[parent].first_child; at != kNoNode; at = links_[at].sibling)
    if (links_[at].update == update) return at;
  const auto node = static_cast<Node>(links_.size());
  if (first_of_.size() <= update) first_of_.resize(update + std::size_t{1}, kNoNode);
  Link link;
  link.parent = parent;
  link.update = update;
  link.depth = links_[parent].depth + 1;
  link.sibling = links_[parent].first_child;
  link.same_update = first_of_[update];
  links_[parent].first_child = node;
  first_of_[update] = node;
  links_.push_back(link);
  return node;
}

void VersionTree::seal() {
  const std::size_t n = links_.size();
  below_.assign(n, 1);
  for (std::size_t i = n; i-- > 0;)
    if (links_[i].parent != kNoNode) below_[links_[i].parent] += below_[i];
  order_.assign(n, 0);
  std::vector<std::uint32_t> next(n);  // where the next child of the node goes
  std::uint32_t next_root = 0;
  for (std::size_t i = 0; i < n; ++i) {
    std::uint32_t& place = links_[i].parent == kNoNode ? next_root : next[links_[i].parent];
    order_[i] = place;
    place += below_[i];
    next[i] = order_[i] + 1;
  }
}

Node VersionTree::first_of(std::uint32_t update) const {
  return update < first_of_.size() ? first_of_[update] : kNoNode;
}

Node VersionTree::place_of(std::uint32_t update, Node at) const {
  for (Node node = first_of(update); node != kNoNode; node = next_of(node))
    if (is_prefix(node, at)) return node;
  return kNoNode;
}

Node VersionTree::common(Node a, Node b) const {
  while (!is_prefix(a, b))
    a = parent(a);
  return a;
}

bool includes(const VersionTree& tree, Node state, Node of, std::uint64_t& steps) {
  for (; !tree.is_prefix(of, state); of = tree.parent(of)) {
    if (steps == 0) return true;
    --steps;
    if (!tree.contains(state, tree.update(of))) return false;
  }
  return true;
}

}  // namespace cleave::abstract
