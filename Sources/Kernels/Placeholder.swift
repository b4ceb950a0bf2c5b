import COpenBLAS
import CTileKernel
