import Testing

@testable import Benchmarking

@Suite struct PeakMemoryTests {
  @Test func theTextOfAStatus() {
    let status = "Name:\tfluke\nVmPeak:\t  214316 kB\nVmHWM:\t   34052 kB\nVmRSS:\t   30000 kB\n"
    #expect(PeakMemory.parse(status) == 34_052 * 1_024)
  }

  @Test(arguments: ["", "VmRSS: 3 kB", "VmHWM:", "VmHWM:\tmany kB"]) func nothingToRead(status: String) {
    #expect(PeakMemory.parse(status) == nil)
  }

  @Test func thisProcessHasAPeak() throws {
    PeakMemory.reset()
    // Pages count once they are written to.
    let pages = (0..<4 << 20).map { UInt8(truncatingIfNeeded: $0) }
    #expect(try #require(PeakMemory.read()) > pages.count)
  }
}
