import Testing

@testable import Pipeline

@Suite struct TimeLeftTests {
  @Test(arguments: [
    (10, 10.0, ", 2 min left"), (2, 10, ""), (100, 50, ""), (99, 50, ""), (98, 98, ", 2 s left"),
    (50, 59.4, ", 1 min left"), (10, 21, ", 4 min left"), (4, 600, ", 4 h 0 min left"),
    (3, 1e300, ", 277777 h 46 min left"),
  ])
  func byWhatWasDone(done: Int, seconds: Double, text: String) {
    #expect(TimeLeft(total: 100, doneBefore: 0, start: 0).text(done: done, now: seconds) == text)
  }

  /// What an earlier run has done says nothing of the speed.
  @Test func afterAnInterruption() {
    let left = TimeLeft(total: 100, doneBefore: 60, start: 5)
    #expect(left.text(done: 62, now: 7).isEmpty)
    #expect(left.text(done: 70, now: 15) == ", 30 s left")
  }
}
