import Synchronization
import Testing

@testable import Benchmarking

@Suite struct BenchmarkRunTests {
  private static func run(_ cases: [BenchmarkCase], isQuick: Bool = true) -> BenchmarkRun {
    BenchmarkRun(
      cases: cases, threads: 1, isQuick: isQuick, clock: CountingClock().seconds,
      now: { "2026-01-02T03:04:05Z" })
  }

  /// A machine whose caches are small, so that its memory is measured quickly.
  private static var machine: Machine {
    var machine = SampleRecord.machine
    machine.memoryBytes = 12 << 10
    return machine
  }

  @Test func casesInOrder() throws {
    let cases = ["a", "b"].map { name in
      BenchmarkCase(name: name) { setting in
        #expect(setting.precisions == [.single])
        #expect(setting.stopwatch.effort.fewest == 3)
        return [SampleRecord.timing(.statistics, name)]
      }
    }
    var announced: [String] = []
    let record = try Self.run(cases).record(on: Self.machine) { announced.append($0) }
    #expect(announced == ["memory", "a", "b"])
    #expect(record.cases.map(\.name) == ["a", "b"])
    #expect(record.started == "2026-01-02T03:04:05Z")
    #expect(record.seconds > 0)
    #expect(record.threads == 1)
  }

  @Test func allPrecisionsUnlessQuick() throws {
    let item = BenchmarkCase(name: "a") { setting in
      #expect(setting.precisions == [.single, .double])
      #expect(setting.stopwatch.effort.fewest == 5)
      return []
    }
    #expect(try Self.run([item], isQuick: false).record(on: Self.machine, announce: { _ in }).cases.isEmpty)
  }

  @Test func aDifferenceEndsTheRun() {
    let difference = BenchmarkError.differs(benchmark: "a", what: "it", found: "1", expected: "2")
    let cases = [
      BenchmarkCase(name: "a") { _ in throw difference },
      BenchmarkCase(name: "b") { _ in
        Issue.record("not to be reached")
        return []
      },
    ]
    #expect(throws: difference) { try Self.run(cases).record(on: Self.machine, announce: { _ in }) }
    #expect(
      "\(difference)" == "a: it is 1, expected 2 as by the reference; nothing more is timed, "
        + "do not trust this build on this machine and report it")
  }

  @Test func aWishToStopIsHeardBetweenCases() {
    struct Stop: Error {}
    let done = Atomic(0)
    let cases = (0..<3).map { number in
      BenchmarkCase(name: "\(number)") { _ in
        done.add(1, ordering: .relaxed)
        return []
      }
    }
    #expect(throws: Stop.self) {
      try Self.run(cases).record(
        on: Self.machine, announce: { _ in },
        check: { if done.load(ordering: .relaxed) == 1 { throw Stop() } })
    }
    #expect(done.load(ordering: .relaxed) == 1)
  }
}
