import Testing

@testable import Benchmarking

@Suite struct ProcessorTimeTests {
  private static let system = """
    cpu  100 10 40 800 30 5 5 10 7 7
    cpu0 50 5 20 400 15 2 3 5 3 3
    cpu1 50 5 20 400 15 3 2 5 4 4
    intr 12345

    """
  private static let process = "4711 (a b) c) S 1 2 3 4 5 6 7 8 9 10 60 20 7 3 20 0 1\n"

  @Test func theTextsOfLinux() throws {
    let time = try #require(ProcessorTime(system: Self.system, process: Self.process))
    // All but idle time and waiting for devices; the time of guests is counted as theirs already.
    #expect(time.busy == 170)
    #expect(time.passed == 500)
    #expect(time.own == 90)
  }

  @Test(arguments: [("", process), (system, ""), ("cpu  1 2 3 4\ncpu0 1 2 3 4\n", process)])
  func nothingToRead(system: String, process: String) {
    #expect(ProcessorTime(system: system, process: process) == nil)
  }

  @Test func whatOthersDid() throws {
    let start = try #require(ProcessorTime(system: Self.system, process: Self.process))
    // 100 ticks later: both processors busy throughout, and this process had 150 ticks of 200.
    let system = Self.system.replacing("cpu  100", with: "cpu  300")
    let process = Self.process.replacing(" 60 20 ", with: " 200 30 ")
    let end = try #require(ProcessorTime(system: system, process: process))
    #expect(end.otherLoad(since: start) == 0.5)
    #expect(start.otherLoad(since: start) == 0)
  }

  @Test func thisMachineTells() throws {
    let time = try #require(ProcessorTime.now)
    #expect(time.busy >= time.own)
    #expect(time.passed > 0)
  }
}
