// One value of EDN or JSON with everything in it, flat: a collection is followed by its members.
#pragma once
#include "sim/check/history/value.h"

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace cleave::exchange {

struct Form {
  enum class Kind : std::uint8_t {
    atom,  // `value`: a number, a name or nil
    list,  // also a vector
    set,
    map,  // key, value, key, value
  };
  Kind kind = Kind::atom;
  Value value;
  std::uint32_t size = 1;  // of this form with all that is in it
};
using Forms = std::vector<Form>;

// A form among those it was read with.
class FormView {
 public:
  FormView(const Forms& forms, std::size_t at) : forms_(&forms), at_(at) {}

  Form::Kind kind() const { return form().kind; }
  bool is_atom() const { return kind() == Form::Kind::atom; }
  bool is_list() const { return kind() == Form::Kind::list; }
  bool is_map() const { return kind() == Form::Kind::map; }
  bool is_nil() const { return is_atom() && form().value.is_nil(); }
  // Of an atom itself; a collection is a name, as EDN writes it.
  Value value(Names& names) const;
  std::string text(const Names& names) const;  // as EDN writes it

  // Members of a collection, of a map both keys and values.
  std::size_t count() const;
  // Requires: i < count().
  FormView operator[](std::size_t i) const;
  // Calls visit(member) for each in order.
  template <class F>
  void for_each(F&& visit) const {
    for (std::size_t i = at_ + 1; i < at_ + form().size; i += (*forms_)[i].size)
      visit(FormView(*forms_, i));
  }

 private:
  const Form& form() const { return (*forms_)[at_]; }
  const Forms* forms_;
  std::size_t at_;
};

}  // namespace cleave::exchange
