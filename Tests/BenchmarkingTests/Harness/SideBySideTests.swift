import Testing

@testable import Benchmarking

@Suite struct SideBySideTests {
  @Test func aRoundASecond() {
    let side = SideBySide(clock: CountingClock().seconds, threads: 1, seconds: 10)
    let (tallies, seconds) = side.run(tally: 0) {
      0
    } body: { rounds, tally in
      rounds += 1
      tally += 1
    }
    #expect(tallies == [10])
    #expect(seconds == 10)
  }

  @Test func theRateCountsWhatRoundsSay() {
    let side = SideBySide(clock: CountingClock().seconds, threads: 1, seconds: 10)
    #expect(side.rate(makeState: { 0 }, body: { _ in 2.5 }) == 2.5)
  }

  @Test(arguments: [1, 2, 3]) func everyThreadGoesRound(threads: Int) {
    let side = SideBySide(clock: CountingClock().seconds, threads: threads, seconds: 100)
    let (tallies, seconds) = side.run(tally: [Int]()) {
      7
    } body: { state, tally in
      state += 1
      tally.append(state)
    }
    #expect(tallies.count == threads)
    for tally in tallies {
      // States are kept from round to round, and the first round did not count.
      #expect(tally.first ?? 0 > 8)
      #expect(zip(tally, tally.dropFirst()).allSatisfy { $1 == $0 + 1 })
    }
    #expect(seconds >= 100)
  }
}
