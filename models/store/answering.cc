#include "models/store/answering.h"

namespace cleave::models::store {

void receive(const Request& request, Context& ctx) {
  ctx.request(request.id, RequestMark::Phase::received);
}

void answer(const Reply& reply, Context& ctx) {
  using Phase = RequestMark::Phase;
  const bool served = is_served(reply.result.outcome);
  const bool elsewhere = reply.result.reason == Reason::elsewhere && reply.leader;
  ctx.request(reply.id, served      ? Phase::answered
                        : elsewhere ? Phase::passed_on
                                    : Phase::turned_away);
  ctx.send(reply.id.client, reply);
}

}  // namespace cleave::models::store
