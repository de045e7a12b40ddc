using AnyFetch.Hydraters.Tests.Hosts;

namespace AnyFetch.Hydraters.Tests.Hydraters;

// Every hydrater that reads content itself gives the same answers from a worker process.
public sealed class PlaintextIsolatedTests : PlaintextSuite
{
    protected override IHydraterRig Rig { get; } = new IsolatedRig();
}

public sealed class MarkdownIsolatedTests : MarkdownSuite
{
    protected override IHydraterRig Rig { get; } = new IsolatedRig();
}

public sealed class EmlIsolatedTests : EmlSuite
{
    protected override IHydraterRig Rig { get; } = new IsolatedRig();
}

public sealed class EmlContainerIsolatedTests : EmlContainerSuite
{
    protected override IHydraterRig Rig { get; } = new IsolatedRig();
}

public sealed class EmlOutlookIsolatedTests : EmlOutlookSuite
{
    protected override IHydraterRig Rig { get; } = new IsolatedRig();
}

public sealed class EmbedmailIsolatedTests : EmbedmailSuite
{
    protected override IHydraterRig Rig { get; } = new IsolatedRig();
}

public sealed class IcsIsolatedTests : IcsSuite
{
    protected override IHydraterRig Rig { get; } = new IsolatedRig();
}

public sealed class EnexIsolatedTests : EnexSuite
{
    protected override IHydraterRig Rig { get; } = new IsolatedRig();
}
