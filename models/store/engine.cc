#include "models/store/engine.h"

namespace cleave::models::store {

Setting setting_of(const World& world, const StorePlan& plan) {
  Setting setting;
  for (const Place& place : world.topology().places())
    if (place.kind == Place::Kind::region) setting.regions.push_back(place.name);
  for (const Placement& placement : plan.replicas)
    setting.replica_regions.push_back(placement.region);
  return setting;
}

std::string_view to_string(Kept kept) {
  switch (kept) {
    case Kept::always:
      return "kept";
    case Kept::within_bounds:
      return "kept within bounds";
    case Kept::no:
      return "not kept";
  }
  return "?";
}

std::string_view guarantee(ObjectType type) {
  switch (type) {
    case ObjectType::reg:
      return "no acknowledged write is lost, and of each version one compare_and_set succeeds";
    case ObjectType::max_register:
      return "the value never falls below one that was acknowledged";
    case ObjectType::set:
      return "every acknowledged addition and removal shows";
    case ObjectType::log:
      return "an acknowledged entry stays at the position that was told";
    case ObjectType::queue:
      return "an acknowledged entry is there until it is removed, and then not again";
    case ObjectType::counter:
      return "every acknowledged addition counts once, and reservations keep to their bound";
    case ObjectType::pool:
      return "no item is given out twice, and every item put can be taken";
    case ObjectType::map:
      return "no acknowledged write of a field is lost";
  }
  return "?";
}

}  // namespace cleave::models::store
