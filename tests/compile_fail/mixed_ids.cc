// Expected: conversion from
#include "sim/base/id.h"

int main() {
  const cleave::HostId host{7};
#ifdef MENDED
  const cleave::HostId same = host;
#else
  const cleave::NodeId same = host;
#endif
  return static_cast<int>(same.value);
}
