// Measures what distance costs a scenario, on a thread of its own: it needs whole runs, and nobody
// who looks at one should have to wait for them.
#pragma once
#include "sim/explore/distance.h"

#include <QObject>
#include <QString>
#include <cstdint>
#include <functional>
#include <thread>
#include <vector>

namespace cleave::gui {

class SlopeMeter : public QObject {
  Q_OBJECT

 public:
  SlopeMeter();
  ~SlopeMeter() override;

  // Returns at once. What is being measured for another scenario is given up.
  void measure(const Scenario& scenario, std::uint64_t seed);

 Q_SIGNALS:
  void measured(const std::vector<cleave::DelaySlope>& slopes);  // of the scenario asked for last
  void failed(const QString& what);
  void posted(std::function<void()> on_caller);  // by the thread, of itself

 private:
  std::uint64_t asked_ = 0;  // times; an answer to an earlier one is dropped
  std::jthread thread_;      // last: ends before what it uses
};

}  // namespace cleave::gui
