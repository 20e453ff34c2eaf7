// Uses Cleave from outside: the models must be there, though nothing here names one.
#include "models/catalogue.h"
#include "sim/base/digest.h"

#include <iostream>

int main() {
  for (const auto& entry : cleave::models::catalogue())
    std::cout << entry.name << ": " << entry.about << "\n";
  return cleave::digest_of(1) == cleave::digest_of(2) ? 1 : 0;
}
