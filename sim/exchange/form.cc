#include "sim/exchange/form.h"

namespace cleave::exchange {

std::size_t FormView::count() const {
  std::size_t count = 0;
  for_each([&count](FormView) { ++count; });
  return count;
}

FormView FormView::operator[](std::size_t i) const {
  std::size_t at = at_ + 1;
  while (i-- > 0)
    at += (*forms_)[at].size;
  return {*forms_, at};
}

std::string FormView::text(const Names& names) const {
  if (is_atom()) return to_text(form().value, names);
  std::string text = is_list() ? "[" : is_map() ? "{" : "#{";
  for_each([&](FormView member) {
    if (text.back() != '[' && text.back() != '{') text += ' ';
    text += member.text(names);
  });
  return text + (is_list() ? "]" : "}");
}

Value FormView::value(Names& names) const {
  return is_atom() ? form().value : names.intern(text(names));
}

}  // namespace cleave::exchange
