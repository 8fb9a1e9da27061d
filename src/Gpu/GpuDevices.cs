// SPDX-License-Identifier: Apache-2.0
using ILGPU;
using ILGPU.Runtime;
using ILGPU.Runtime.Cuda;
using ILGPU.Runtime.OpenCL;

namespace BertManaged.Gpu;

/// <summary>A GPU that ILGPU can compile for.</summary>
/// <param name="Name">As its driver calls it.</param>
/// <param name="Kind">CUDA or OpenCL.</param>
/// <param name="MemoryBytes">Its memory.</param>
public sealed record GpuDevice(string Name, string Kind, long MemoryBytes);

/// <summary>The GPUs of this machine.</summary>
/// <param name="Devices">CUDA devices first; empty if there are none.</param>
/// <param name="Reasons">For each kind of which there are none: why.</param>
public sealed record GpuDeviceList(IReadOnlyList<GpuDevice> Devices, IReadOnlyList<string> Reasons);

/// <summary>Finds GPUs. A machine without any, or without their drivers, is no error.</summary>
public static class GpuDevices
{
    /// <summary>All GPUs. ILGPU's emulation on the processor is not one.</summary>
    public static GpuDeviceList List()
    {
        var devices = new List<GpuDevice>();
        var reasons = new List<string>();
        AddKind("CUDA", builder => builder.Cuda(), devices, reasons);
        AddKind("OpenCL", builder => builder.OpenCL(), devices, reasons);
        return new GpuDeviceList(devices, reasons);
    }

    /// <summary>Each kind by itself, so that a broken driver of one does not hide the devices of the other.</summary>
    private static void AddKind(string kind, Action<Context.Builder> enable, List<GpuDevice> devices, List<string> reasons)
    {
        try
        {
            using Context context = Context.Create(enable);
            Device[] found = [.. context.Devices.Where(device => device.AcceleratorType != AcceleratorType.CPU)];
            devices.AddRange(found.Select(device => new GpuDevice(device.Name, kind, device.MemorySize)));
            if (found.Length == 0)
            {
                reasons.Add($"no {kind} device");
            }
        }
        // Whatever goes wrong in a driver means the same to the user: nothing of this kind to compute on.
        catch (Exception e)
        {
            reasons.Add($"no {kind}: {e.Message.ReplaceLineEndings(" ")}");
        }
    }
}
