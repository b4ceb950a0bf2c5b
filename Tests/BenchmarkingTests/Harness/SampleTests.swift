import Testing

@testable import Benchmarking

@Suite struct SampleTests {
  @Test(
    arguments: [([3], 3), ([2, 1], 1.5), ([9, 1, 4], 4), ([4, 1, 2, 8], 3), ([5, 5, 5, 1, 9, 5], 5)]
      as [([Double], Double)])
  func median(seconds: [Double], expected: Double) {
    #expect(Sample(seconds).median == expected)
  }

  @Test func leastAndLargest() {
    let sample = Sample([3, 1, 2])
    #expect(sample.minimum == 1)
    #expect(sample.maximum == 3)
    #expect(sample.seconds == [3, 1, 2])
  }
}
