import Testing

@testable import Benchmarking

/// A clock that counts makes every repeat one second long.
@Suite struct StopwatchTests {
  @Test(
    arguments: [(1, 1, 0, 1), (3, 3, 100, 3), (5, 25, 0, 5), (5, 25, 7, 7), (5, 25, 6.5, 7), (2, 9, 100, 9)]
      as [(Int, Int, Double, Int)])
  func repeats(fewest: Int, most: Int, seconds: Double, expected: Int) {
    let effort = Stopwatch.Effort(fewest: fewest, most: most, seconds: seconds)
    let stopwatch = Stopwatch(clock: CountingClock().seconds, effort: effort)
    var done = 0
    let sample = stopwatch.sample { done += 1 }
    #expect(done == expected)
    #expect(sample.seconds == Array(repeating: 1, count: expected))
  }

  @Test func preparationIsNotTimed() {
    let clock = CountingClock()
    let stopwatch = Stopwatch(clock: clock.seconds, effort: Stopwatch.Effort(fewest: 2, most: 2, seconds: 0))
    let sample = stopwatch.sample(preparing: { _ = clock.seconds() }, {})
    #expect(sample.seconds == [1, 1])
    #expect(clock.seconds() == 7)
  }

  @Test func otherPatienceOnTheSameClock() {
    let clock = CountingClock()
    let stopwatch = Stopwatch(clock: clock.seconds, effort: Stopwatch.Effort(fewest: 1, most: 1, seconds: 0))
    let patient = stopwatch.with(Stopwatch.Effort(fewest: 4, most: 4, seconds: 0))
    #expect(patient.sample {}.seconds.count == 4)
    #expect(clock.seconds() == 9)
  }

  @Test(
    arguments: [(3, 3, 3, 1, 1), (5, 25, 5, 1, 5), (5, 25, 3, 2, 9), (3, 5, 3, 1, 2), (7, 7, 5, 2, 2)]
      as [(Int, Int, Int, Int, Int)])
  func aPartOfTheRepeats(fewest: Int, most: Int, count: Int, fewestOfPart: Int, mostOfPart: Int) {
    let part = Stopwatch.Effort(fewest: fewest, most: most, seconds: 6).part(of: count)
    #expect(
      part == Stopwatch.Effort(fewest: fewestOfPart, most: mostOfPart, seconds: 6 / Double(count)))
    #expect(part.fewest * count >= fewest)
  }

  @Test func anErrorEndsIt() {
    struct Failed: Error {}
    let stopwatch = Stopwatch(
      clock: CountingClock().seconds, effort: Stopwatch.Effort(fewest: 3, most: 3, seconds: 0))
    var done = 0
    #expect(throws: Failed.self) {
      try stopwatch.sample {
        done += 1
        if done == 2 { throw Failed() }
      }
    }
    #expect(done == 2)
  }
}
