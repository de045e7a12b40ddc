using AnyFetch.Hydrater.Tools;

namespace AnyFetch.Hydraters.Tests.Samples;

/// <summary>A theory that needs a native tool; it is skipped with the reason where the tool is missing.</summary>
internal sealed class ToolTheoryAttribute : TheoryAttribute
{
    public ToolTheoryAttribute(params string[] tools) => Skip = ToolFinder.Missing(tools);
}
