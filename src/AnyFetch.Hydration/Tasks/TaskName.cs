using AnyFetch.Core.Companies;
using AnyFetch.Core.Documents;
using AnyFetch.Core.Hydraters;

namespace AnyFetch.Hydration.Tasks;

/// <summary>One hydrater's work on one generation of a document, as the URLs of hydration.md §5 name it.</summary>
internal readonly record struct TaskName(CompanyId Company, DocumentId Document, int Generation, HydraterId Hydrater);
