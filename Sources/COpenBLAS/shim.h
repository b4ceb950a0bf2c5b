#pragma once
#include <cblas.h>
#include <stddef.h>

// LAPACK's symmetric eigenvalue problem by divide and conquer. OpenBLAS exports LAPACK's Fortran symbols; the header
// that declares them belongs to another package. The last two arguments are the lengths of the two letters, which a
// Fortran compiler passes unseen.
void dsyevd_(
    const char *jobz, const char *uplo, const int *n, double *a, const int *lda, double *w, double *work,
    const int *lwork, int *iwork, const int *liwork, int *info, size_t jobz_length, size_t uplo_length);
