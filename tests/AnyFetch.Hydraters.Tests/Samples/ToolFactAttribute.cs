using AnyFetch.Hydrater.Tools;

namespace AnyFetch.Hydraters.Tests.Samples;

/// <summary>A test that needs a native tool; it is skipped with the reason where the tool is missing.</summary>
internal sealed class ToolFactAttribute : FactAttribute
{
    public ToolFactAttribute(params string[] tools) => Skip = ToolFinder.Missing(tools);
}
