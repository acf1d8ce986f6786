;; The comparison kernel with 128-bit vectors: popcount of the AND of two filters, 16 bytes at a time.
(module
  (memory (export "memory") 1)

  ;; Compares one filter with the columns [$column, $end) and writes the pairs whose overlap is large enough.
  ;;   $row       address of the filter
  ;;   $columns   address of column 0; columns lie $stride bytes apart, $stride is a multiple of 16
  ;;   $popcounts address of the columns' popcounts (u32 each)
  ;;   $required  address of the smallest overlap (u32) kept with a column of popcount 0, then 1, 2, ...
  ;;   $out       where (column, overlap) pairs go (u32 each); room for $end - $column pairs
  ;; Returns the address behind the last pair written.
  (func (export "scan")
    (param $row i32) (param $columns i32) (param $column i32) (param $end i32) (param $stride i32)
    (param $popcounts i32) (param $required i32) (param $out i32)
    (result i32)
    (local $a i32) (local $b i32) (local $unrolled-end i32) (local $b-end i32) (local $overlap i32)
    (local $x v128) (local $y v128) (local $z v128) (local $half v128)
    (local $ones v128) (local $twos v128) (local $more-twos v128) (local $fours v128)
    (local $bytes v128) (local $sums v128) (local $halves i64)
    (local.set $b (i32.add (local.get $columns) (i32.mul (local.get $column) (local.get $stride))))
    (block $done
      (loop $next-column
        (br_if $done (i32.ge_u (local.get $column) (local.get $end)))
        (local.set $a (local.get $row))
        (local.set $b-end (i32.add (local.get $b) (local.get $stride)))
        (local.set $unrolled-end (i32.add (local.get $b) (i32.and (local.get $stride) (i32.const -128))))
        (local.set $sums (v128.const i64x2 0 0))

        ;; Eight vectors a round. Seven of them are added bit by bit into ones, twos and fours, as counting bits costs more than
        ;; adding; no byte counts above 64, so eight-bit lanes cannot overflow.
        (block $unrolled-done
          (loop $unrolled
            (br_if $unrolled-done (i32.ge_u (local.get $b) (local.get $unrolled-end)))
            (local.set $x (v128.and (v128.load offset=0 (local.get $a)) (v128.load offset=0 (local.get $b))))
            (local.set $y (v128.and (v128.load offset=16 (local.get $a)) (v128.load offset=16 (local.get $b))))
            (local.set $z (v128.and (v128.load offset=32 (local.get $a)) (v128.load offset=32 (local.get $b))))
            (local.set $half (v128.xor (local.get $x) (local.get $y)))
            (local.set $twos (v128.or (v128.and (local.get $x) (local.get $y)) (v128.and (local.get $half) (local.get $z))))
            (local.set $ones (v128.xor (local.get $half) (local.get $z)))
            (local.set $x (v128.and (v128.load offset=48 (local.get $a)) (v128.load offset=48 (local.get $b))))
            (local.set $y (v128.and (v128.load offset=64 (local.get $a)) (v128.load offset=64 (local.get $b))))
            (local.set $half (v128.xor (local.get $ones) (local.get $x)))
            (local.set $more-twos (v128.or (v128.and (local.get $ones) (local.get $x)) (v128.and (local.get $half) (local.get $y))))
            (local.set $ones (v128.xor (local.get $half) (local.get $y)))
            (local.set $x (v128.and (v128.load offset=80 (local.get $a)) (v128.load offset=80 (local.get $b))))
            (local.set $y (v128.and (v128.load offset=96 (local.get $a)) (v128.load offset=96 (local.get $b))))
            (local.set $half (v128.xor (local.get $ones) (local.get $x)))
            (local.set $z (v128.or (v128.and (local.get $ones) (local.get $x)) (v128.and (local.get $half) (local.get $y))))
            (local.set $ones (v128.xor (local.get $half) (local.get $y)))
            (local.set $half (v128.xor (local.get $twos) (local.get $more-twos)))
            (local.set $fours (v128.or (v128.and (local.get $twos) (local.get $more-twos)) (v128.and (local.get $half) (local.get $z))))
            (local.set $twos (v128.xor (local.get $half) (local.get $z)))
            (local.set $bytes (i8x16.popcnt (local.get $fours)))
            (local.set $bytes (i8x16.add (i8x16.add (local.get $bytes) (local.get $bytes)) (i8x16.popcnt (local.get $twos))))
            (local.set $bytes (i8x16.add (i8x16.add (local.get $bytes) (local.get $bytes)) (i8x16.popcnt (local.get $ones))))
            (local.set $bytes (i8x16.add (local.get $bytes)
              (i8x16.popcnt (v128.and (v128.load offset=112 (local.get $a)) (v128.load offset=112 (local.get $b))))))
            (local.set $sums (i32x4.add (local.get $sums)
              (i32x4.extadd_pairwise_i16x8_u (i16x8.extadd_pairwise_i8x16_u (local.get $bytes)))))
            (local.set $a (i32.add (local.get $a) (i32.const 128)))
            (local.set $b (i32.add (local.get $b) (i32.const 128)))
            (br $unrolled)))

        (block $rest-done
          (loop $rest
            (br_if $rest-done (i32.ge_u (local.get $b) (local.get $b-end)))
            (local.set $sums (i32x4.add (local.get $sums)
              (i32x4.extadd_pairwise_i16x8_u (i16x8.extadd_pairwise_i8x16_u
                (i8x16.popcnt (v128.and (v128.load offset=0 (local.get $a)) (v128.load offset=0 (local.get $b))))))))
            (local.set $a (i32.add (local.get $a) (i32.const 16)))
            (local.set $b (i32.add (local.get $b) (i32.const 16)))
            (br $rest)))

        (local.set $halves
          (i64.add (i64x2.extract_lane 0 (local.get $sums)) (i64x2.extract_lane 1 (local.get $sums))))
        (local.set $overlap
          (i32.add
            (i32.wrap_i64 (local.get $halves))
            (i32.wrap_i64 (i64.shr_u (local.get $halves) (i64.const 32)))))

        (if (i32.ge_u
              (local.get $overlap)
              (i32.load (i32.add (local.get $required)
                (i32.shl
                  (i32.load (i32.add (local.get $popcounts) (i32.shl (local.get $column) (i32.const 2))))
                  (i32.const 2)))))
          (then
            (i32.store (local.get $out) (local.get $column))
            (i32.store offset=4 (local.get $out) (local.get $overlap))
            (local.set $out (i32.add (local.get $out) (i32.const 8)))))

        (local.set $column (i32.add (local.get $column) (i32.const 1)))
        (br $next-column)))
    (local.get $out)))
