/// What whoever runs the program beside others, or on what others made, has to know: sections of the manual.
enum OperationNotes {
  static let sections: [(title: String, paragraphs: [String])] = [
    ("INTERRUPTION", interruption), ("TWO RUNS AT ONCE", neighbours), ("INPUT THAT MEANS HARM", harm),
    ("CREDENTIALS", credentials),
  ]

  private static let interruption = [
    """
    Every file is written beside its place and renamed when it is whole, so an artifact is the earlier one or the new \
    one. run.json is removed before the first artifact is replaced and written after the last: where it is, the set was \
    whole, and its digests tell whether it still is. A run removes the artifacts of an earlier one as well.
    """,
    """
    Ctrl-C, SIGTERM and SIGHUP end a run whatever it waits for, and remove what is half-written; SIGKILL may leave a file \
    named .partial-, which nobody reads. --resume goes on behind the last whole part or trial, to the same bytes. \
    Nothing is flushed to the disk: after a power failure compare with the digests, or run again.
    """,
  ]

  private static let neighbours = [
    """
    A run locks its directory with flock(2), and a second is refused with status 75; shards of one run share it, and so \
    do uploads from it. The lock dies with its process, so there is none to clean up. On a network file system it holds \
    between machines only where the file system carries such locks across; give each machine its own directory there, or \
    shards. data --write and bench --output take no lock: the last one wins, whole.
    """,
    """
    Buckets have no locks. run.json is written there on the condition that there is none. Of two uploads to one prefix at \
    once the one whose run.json comes first puts right what the other has replaced, and the other ends with status 73, or \
    goes on as if it had come later. One that is killed between an upload that ended well and its own run.json leaves a \
    mixture, which the digests tell. Servers without conditional writes are left with a second look at the set. Sweeps \
    and stages that work in a bucket (--output s3://...) do not notice each other: keep to one at a time, or to shards.
    """,
  ]

  private static let harm = [
    """
    Sizes, counts and numbers that come from files, options, variables and servers have bounds: 10,000,000 strategies, \
    200,000,000 bars, 500,000,000 returns, artifacts of 4 GiB, 16 MiB for any other answer of a server. Beyond them, and \
    for whatever else cannot be used, there is one line and a status (64, 65; 69 for a server). Text from outside is \
    shown in one line of at most 1,000 characters without control characters.
    """,
    """
    Checksums in run.json, in journals of trials and in the parts and records of shards tell damage, not intent: who can \
    write in a directory can write figures with checksums that fit, and they will be reported. What a checksum covers is \
    checked all the same, so the worst is a wrong figure. Let nobody write in a run's directory or prefix whom you would \
    not let write its results. Within a directory of results links, pipes and devices are refused (73); the path that \
    you name may be a link.
    """,
  ]

  private static let credentials = [
    """
    They are read as the AWS tools read them, and are in no artifact and no message. Those of a container are fetched \
    over https, from this machine, or from AWS's own addresses for them. With http:// servers requests are signed, not \
    encrypted. Addresses with a user or a password in them are refused, without repeating them.
    """
  ]
}
