#include "models/store/state_machine.h"

#include <utility>

namespace cleave::models::store {

Result StateMachine::read(const Request& request) const {
  const auto object = objects.find(request.key);
  return object == objects.end() ? store::read(make_object(request.type), request)
                                 : store::read(object->second, request);
}

Result StateMachine::apply(const Request& request) {
  if (std::optional<Result> before = recorded(request.id)) return *std::move(before);
  auto object = objects.find(request.key);
  if (object == objects.end())
    object = objects.emplace(request.key, make_object(request.type)).first;
  Result result = update(object->second, request);
  Session& session = sessions[request.id.client];
  session.results.emplace(request.id.index, result);
  if (request.settled > session.settled) {
    session.settled = request.settled;
    session.results.erase(session.results.begin(), session.results.lower_bound(request.settled));
  }
  return result;
}

std::optional<Result> StateMachine::recorded(OperationId id) const {
  const auto session = sessions.find(id.client);
  if (session == sessions.end()) return {};
  const auto result = session->second.results.find(id.index);
  if (result != session->second.results.end()) return result->second;
  if (id.index < session->second.settled)
    return Result{.outcome = Outcome::refused, .reason = Reason::forgotten};
  return {};
}

}  // namespace cleave::models::store
