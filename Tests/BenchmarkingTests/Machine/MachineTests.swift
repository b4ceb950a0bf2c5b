import Kernels
import Testing

@testable import Benchmarking

@Suite struct MachineTests {
  @Test func theNameOfAProcessor() {
    let text = "processor\t: 0\nmodel\t\t: 17\nmodel name\t: AMD EPYC 9R14 \nmodel name\t: other\n"
    #expect(Machine.processor(in: text) == "AMD EPYC 9R14 ")
    #expect(Machine.processor(in: "processor\t: 0\n") == nil)
    #expect(Machine.processor(in: "model name") == nil)
  }

  @Test func memory() {
    #expect(Machine.memory(in: "MemTotal:       24635392 kB\nMemFree: 1 kB\n") == 24_635_392 * 1_024)
    #expect(Machine.memory(in: "MemFree: 1 kB\n") == nil)
  }

  @Test(
    arguments: [("32768K\n", 32_768 << 10), ("1M", 1 << 20), ("512", 512), ("", nil), ("K", nil)]
      as [(String, Int?)])
  func cacheSizes(text: String, expected: Int?) {
    #expect(Machine.cacheSize(text) == expected)
  }

  @Test func aQuietMachineWithTheRightCoreHasNoWarning() {
    #expect(SampleRecord.machine.warnings == [])
  }

  @Test func whatSpoilsFiguresIsSaid() {
    var machine = SampleRecord.machine
    machine.openBLASCore = "Prescott"
    machine.betterCore = "SkylakeX"
    machine.build = "debug"
    #expect(
      machine.warnings == [
        "OpenBLAS: kernels for Prescott are in use, older than this processor, which has those of SkylakeX; "
          + "unset OPENBLAS_CORETYPE or set it to SkylakeX",
        "build: found debug, expected release; figures are many times too low, build with -c release",
      ])
  }

  @Test func thisMachine() throws {
    let library = try OpenBLAS.prepare(threads: 1)
    let machine = Machine.current(library)
    #expect(machine.openBLASCore == library.core)
    #expect(machine.betterCore == library.betterCore)
    #expect(machine.processors >= 1)
    #expect(machine.processorLevel == ProcessorLevel.current.name)
    #expect(machine.toolchain.hasPrefix("Swift 6."))
    #expect(machine.memoryBytes ?? 0 > 1 << 28)
  }

  @Test func theLastCache() {
    var machine = SampleRecord.machine
    #expect(machine.lastCache == 32 << 20)
    machine.caches["L3"] = nil
    #expect(machine.lastCache == 1 << 20)
    machine.caches = [:]
    #expect(machine.lastCache == nil)
  }
}
