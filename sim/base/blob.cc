#include "sim/base/blob.h"

#include <utility>

namespace cleave {

Blob::Blob(std::uint32_t schema, std::uint32_t version, std::string bytes)
    : schema_(schema), version_(version) {
  Digest d;
  d.add(schema);
  d.add(version);
  cleave::digest(d, std::string_view(bytes));
  digest_ = d.value;
  bytes_ = std::make_shared<const std::string>(std::move(bytes));
}

}  // namespace cleave
