import Testing

@testable import Pipeline

@Suite struct ShardTests {
  @Test(arguments: [0, 1, 5, 63, 64, 1_000, 156_250], [1, 2, 3, 7, 64, 10_000])
  func sharesAreEverythingOnceAndNearlyEqual(items: Int, count: Int) throws {
    let shares = try (1...count).map { try Shard(number: $0, of: count).share(of: items) }
    #expect(shares.first?.lowerBound == 0 && shares.last?.upperBound == items)
    #expect(zip(shares, shares.dropFirst()).allSatisfy { $0.upperBound == $1.lowerBound })
    let sizes = shares.map(\.count)
    #expect(sizes.max()! - sizes.min()! <= 1)
  }

  @Test(arguments: ["3/8", "1/1", "10000/10000"]) func reads(text: String) throws {
    let shard = try Shard(text)
    #expect("\(shard.number)/\(shard.count)" == text)
  }

  @Test(arguments: ["", "3", "0/8", "9/8", "-1/8", "1/10001", "a/b", "1/2/3", "1/", "1.5/2"])
  func refuses(text: String) {
    #expect(throws: ConfigurationError.self) { try Shard(text) }
  }

  @Test(arguments: [
    (["SLURM_ARRAY_TASK_ID": "3", "SLURM_ARRAY_TASK_COUNT": "8"], "shard 4 of 8"),
    (
      ["SLURM_ARRAY_TASK_ID": "3", "SLURM_ARRAY_TASK_COUNT": "8", "SLURM_ARRAY_TASK_MIN": "1"],
      "shard 3 of 8"
    ),
    (
      [
        "SLURM_ARRAY_TASK_ID": "12", "SLURM_ARRAY_TASK_COUNT": "3", "SLURM_ARRAY_TASK_MIN": "10",
        "SLURM_ARRAY_TASK_MAX": "12",
      ], "shard 3 of 3"
    ),
    (["AWS_BATCH_JOB_ARRAY_INDEX": "0", "AWS_BATCH_JOB_ARRAY_SIZE": "5"], "shard 1 of 5"),
  ]) func isThatOfAJobInAnArray(variables: [String: String], shard: String) throws {
    #expect(try Shard.ofArray(variables).description == shard)
  }

  @Test(arguments: [
    [:], ["SLURM_ARRAY_TASK_ID": "3"], ["AWS_BATCH_JOB_ARRAY_INDEX": "0"],
    ["SLURM_ARRAY_TASK_ID": "x", "SLURM_ARRAY_TASK_COUNT": "8"],
    ["SLURM_ARRAY_TASK_ID": "8", "SLURM_ARRAY_TASK_COUNT": "8"],
    // --array=1,3: one number is left out.
    [
      "SLURM_ARRAY_TASK_ID": "3", "SLURM_ARRAY_TASK_COUNT": "2", "SLURM_ARRAY_TASK_MIN": "1",
      "SLURM_ARRAY_TASK_MAX": "3",
    ],
    // Sums of these would overflow.
    ["AWS_BATCH_JOB_ARRAY_INDEX": "9223372036854775807", "AWS_BATCH_JOB_ARRAY_SIZE": "2"],
    [
      "SLURM_ARRAY_TASK_ID": "1", "SLURM_ARRAY_TASK_COUNT": "2",
      "SLURM_ARRAY_TASK_MIN": "-9223372036854775808", "SLURM_ARRAY_TASK_MAX": "9223372036854775807",
    ],
    [
      "SLURM_ARRAY_TASK_ID": "-9223372036854775808", "SLURM_ARRAY_TASK_COUNT": "2",
      "SLURM_ARRAY_TASK_MIN": "1",
    ],
    [
      "SLURM_ARRAY_TASK_ID": "1", "SLURM_ARRAY_TASK_COUNT": "9223372036854775807",
      "SLURM_ARRAY_TASK_MIN": "9",
    ],
  ]) func isRefusedOutsideOfAnArrayWithoutGaps(variables: [String: String]) {
    #expect(throws: ConfigurationError.self) { try Shard.ofArray(variables) }
  }
}
