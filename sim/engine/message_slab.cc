#include "sim/engine/message_slab.h"

#include <utility>

namespace cleave {

MessageSlab::MessageSlab(const MessageSlab& other) : first_free_(other.first_free_) {
  pages_.reserve(other.pages_.size());
  for (const auto& page : other.pages_) {
    pages_.push_back(std::make_unique<Page>(*page));
    for (const Slot& slot : page->slots)
      share_payload(slot);
  }
}

MessageSlab& MessageSlab::operator=(MessageSlab other) noexcept {
  std::swap(pages_, other.pages_);
  std::swap(first_free_, other.first_free_);
  return *this;
}

MessageSlab::~MessageSlab() {
  for (const auto& page : pages_)
    for (const Slot& slot : page->slots)
      drop_payload(slot);
}

void MessageSlab::extend() {
  const auto first = static_cast<std::uint32_t>(size());
  pages_.push_back(std::make_unique<Page>());
  for (std::uint32_t i = kPerPage; i-- > 0; first_free_ = first + i)
    pages_.back()->slots[i].from = first_free_;
}

}  // namespace cleave
