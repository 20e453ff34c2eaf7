// What replicas do to objects, and what a judge of abstract executions expects of them, written by
// different people, as it were: the same requests, one after the other.
#include "sim/check/abstract/object_value.h"

#include "models/store/objects.h"
#include "sim/base/random.h"

#include <gtest/gtest.h>

#include <string>

namespace cleave::models::store {
namespace {

class Play {
 public:
  Play(ObjectType type, std::uint64_t seed)
      : random_(Random::at(seed, 3, 0, 0)), object_(make_object(type)), value_(type) {
    request_.type = type;
    request_.id = {{1}, 0};
  }

  // One request more; whether both agree on its answer.
  bool step() {
    const auto actions = actions_of(request_.type);
    ++request_.id.index;
    request_.action = actions[random_.below(actions.size())];
    request_.value = Blob(1, 1, std::to_string(random_.below(6)));
    request_.number = static_cast<std::int64_t>(random_.below(9)) - 2;
    request_.bound = 20;
    request_.version = random_.below(6);
    const Result result =
        is_update(request_.action) ? update(object_, request_) : read(object_, request_);
    abstract::Operation operation;
    operation.action = request_.action;
    operation.outcome = result.outcome;
    operation.completed = 1;
    const Invoked asked = to_history(request_, 1);
    operation.argument = asked.argument;
    operation.expected = asked.expected_version;
    const Completed answer = to_history(request_, result);
    operation.told = abstract::told(answer, request_.type);
    if (took_effect(request_.action, result.outcome))
      return value_.apply(operation) == operation.told;
    return result.outcome == Outcome::refused || value_.shows(operation);
  }

  // Whether it would notice another answer.
  bool shows_wrong(std::uint64_t by) const {
    abstract::Operation operation;
    operation.action = actions_of(request_.type).front();
    operation.outcome = Outcome::ok;
    operation.completed = 1;
    Request all = request_;
    all.action = operation.action;
    all.version = 0;
    const Completed answer = to_history(all, read(object_, all));
    operation.told = abstract::told(answer, request_.type);
    operation.told.version += by;
    return value_.shows(operation);
  }

 private:
  Random random_;
  Object object_;
  abstract::ObjectValue value_;
  Request request_;
};

TEST(ObjectValue, is_what_a_replica_makes_of_the_same_updates) {
  for (const ObjectType type :
       {ObjectType::reg, ObjectType::max_register, ObjectType::set, ObjectType::log,
        ObjectType::queue, ObjectType::counter, ObjectType::pool, ObjectType::map}) {
    for (std::uint64_t seed = 1; seed <= 50; ++seed) {
      Play play(type, seed);
      for (int i = 0; i < 60; ++i)
        ASSERT_TRUE(play.step()) << to_string(type) << ", seed " << seed << ", request " << i;
      if (type == ObjectType::pool) continue;  // it cannot be read
      EXPECT_TRUE(play.shows_wrong(0)) << to_string(type);
      EXPECT_FALSE(play.shows_wrong(1)) << to_string(type);
    }
  }
}

}  // namespace
}  // namespace cleave::models::store
