;; Polynomials of one segment over many bins, modulo p = 2^33 - c with c = 458751.
;;
;; Reduction folds: x = h 2^33 + l is h c + l modulo p. Values between steps are "loose": below 2^33 + 2^29, congruent to what
;; they stand for. What is stored at the end is reduced to [0, p).
(module
  (memory (export "memory") 1)

  ;; a b + d, loose, for a < 2^36, b < 2^34, d < 2^36. b is split at 17 bits: a (b >> 17) < 2^53 is folded to below 2^40 before
  ;; it is shifted back, so the sum of all three stays below 2^58; two folds bring that below 2^33 + 2^29.
  (func $multiply-add (param $a i64) (param $b i64) (param $d i64) (result i64)
    (local $t i64)
    (local.set $t (i64.mul (local.get $a) (i64.shr_u (local.get $b) (i64.const 17))))
    (local.set $t
      (i64.add (i64.add
        (i64.shl
          (i64.add
            (i64.mul (i64.shr_u (local.get $t) (i64.const 33)) (i64.const 458751))
            (i64.and (local.get $t) (i64.const 0x1ffffffff)))
          (i64.const 17))
        (i64.mul (local.get $a) (i64.and (local.get $b) (i64.const 0x1ffff))))
        (local.get $d)))
    (local.set $t
      (i64.add
        (i64.mul (i64.shr_u (local.get $t) (i64.const 33)) (i64.const 458751))
        (i64.and (local.get $t) (i64.const 0x1ffffffff))))
    (i64.add
      (i64.mul (i64.shr_u (local.get $t) (i64.const 33)) (i64.const 458751))
      (i64.and (local.get $t) (i64.const 0x1ffffffff))))

  ;; a^(p - 2): the inverse of a loose a that is not 0 modulo p.
  (func $invert (param $a i64) (result i64)
    (local $result i64) (local $exponent i64)
    (local.set $result (i64.const 1))
    (local.set $exponent (i64.const 8589475839))
    (loop $bits
      (if (i64.ne (i64.and (local.get $exponent) (i64.const 1)) (i64.const 0))
        (then (local.set $result (call $multiply-add (local.get $result) (local.get $a) (i64.const 0)))))
      (local.set $a (call $multiply-add (local.get $a) (local.get $a) (i64.const 0)))
      (local.set $exponent (i64.shr_u (local.get $exponent) (i64.const 1)))
      (br_if $bits (i64.ne (local.get $exponent) (i64.const 0))))
    (local.get $result))

  ;; For every bin: the coefficients of the polynomial of degree $degree that passes through the bin's first $counts[bin] points
  ;; (x, value) and whose remaining $degree + 1 - $counts[bin] values are the coefficients of what multiplies the product of
  ;; all (x - point): with uniform ones, a uniform choice among all polynomials through the points.
  ;;   $counts   u8 a bin, at most $degree
  ;;   $points   f64 [bin][degree], distinct within a bin; replaced by the same numbers as u64
  ;;   $values   f64 [bin][degree + 1]; replaced by u64
  ;;   $work     room for u64 [2][bin][degree] and one more row of $degree + 1
  ;;   $planes   where the coefficients go: u64 [degree + 1][bin], planes $stride bytes apart
  (func (export "interpolate")
    (param $bins i32) (param $degree i32) (param $counts i32) (param $points i32) (param $values i32)
    (param $work i32) (param $planes i32) (param $stride i32)
    (local $bin i32) (local $i i32) (local $j i32) (local $count i32) (local $top i32)
    (local $x i32) (local $v i32) (local $inverses i32) (local $prefixes i32) (local $f i32) (local $out i32)
    (local $row i32) (local $value-row i32)
    (local $xi i64) (local $product i64) (local $chain i64) (local $s i64)
    (local.set $row (i32.shl (local.get $degree) (i32.const 3)))
    (local.set $value-row (i32.add (local.get $row) (i32.const 8)))
    (local.set $x (local.get $points))
    (local.set $v (local.get $values))
    (local.set $inverses (local.get $work))
    (local.set $prefixes (i32.add (local.get $work) (i32.mul (local.get $bins) (local.get $row))))
    (local.set $f (i32.add (local.get $prefixes) (i32.mul (local.get $bins) (local.get $row))))
    (local.set $chain (i64.const 1))

    ;; Forwards: what each point's divided difference is divided by, prod_{j < i} (x_i - x_j), and the running product of all.
    (loop $next-bin
      (local.set $count (i32.load8_u (i32.add (local.get $counts) (local.get $bin))))
      (local.set $i (i32.const 0))
      (loop $next-value
        (i64.store
          (i32.add (local.get $v) (i32.shl (local.get $i) (i32.const 3)))
          (i64.trunc_f64_u (f64.load (i32.add (local.get $v) (i32.shl (local.get $i) (i32.const 3))))))
        (local.set $i (i32.add (local.get $i) (i32.const 1)))
        (br_if $next-value (i32.le_u (local.get $i) (local.get $degree))))
      (local.set $i (i32.const 0))
      (block $points-done
        (loop $next-point
          (br_if $points-done (i32.ge_u (local.get $i) (local.get $count)))
          (local.set $xi (i64.trunc_f64_u (f64.load (i32.add (local.get $x) (i32.shl (local.get $i) (i32.const 3))))))
          (i64.store (i32.add (local.get $x) (i32.shl (local.get $i) (i32.const 3))) (local.get $xi))
          (local.set $product (i64.const 1))
          (local.set $j (i32.const 0))
          (block $factors-done
            (loop $next-factor
              (br_if $factors-done (i32.ge_u (local.get $j) (local.get $i)))
              (local.set $product
                (call $multiply-add
                  (local.get $product)
                  (i64.sub
                    (i64.add (local.get $xi) (i64.const 8589475841))
                    (i64.load (i32.add (local.get $x) (i32.shl (local.get $j) (i32.const 3)))))
                  (i64.const 0)))
              (local.set $j (i32.add (local.get $j) (i32.const 1)))
              (br $next-factor)))
          (i64.store (i32.add (local.get $prefixes) (i32.shl (local.get $i) (i32.const 3))) (local.get $chain))
          (i64.store (i32.add (local.get $inverses) (i32.shl (local.get $i) (i32.const 3))) (local.get $product))
          (local.set $chain (call $multiply-add (local.get $chain) (local.get $product) (i64.const 0)))
          (local.set $i (i32.add (local.get $i) (i32.const 1)))
          (br $next-point)))
      (local.set $x (i32.add (local.get $x) (local.get $row)))
      (local.set $v (i32.add (local.get $v) (local.get $value-row)))
      (local.set $inverses (i32.add (local.get $inverses) (local.get $row)))
      (local.set $prefixes (i32.add (local.get $prefixes) (local.get $row)))
      (local.set $bin (i32.add (local.get $bin) (i32.const 1)))
      (br_if $next-bin (i32.lt_u (local.get $bin) (local.get $bins))))

    ;; Backwards: one inversion gives the inverse of every product (Montgomery's trick).
    (local.set $chain (call $invert (local.get $chain)))
    (loop $bin-before
      (local.set $bin (i32.sub (local.get $bin) (i32.const 1)))
      (local.set $x (i32.sub (local.get $x) (local.get $row)))
      (local.set $v (i32.sub (local.get $v) (local.get $value-row)))
      (local.set $inverses (i32.sub (local.get $inverses) (local.get $row)))
      (local.set $prefixes (i32.sub (local.get $prefixes) (local.get $row)))
      (local.set $count (i32.load8_u (i32.add (local.get $counts) (local.get $bin))))
      (local.set $i (local.get $count))
      (block $inverted
        (loop $point-before
          (br_if $inverted (i32.eqz (local.get $i)))
          (local.set $i (i32.sub (local.get $i) (i32.const 1)))
          (local.set $product (i64.load (i32.add (local.get $inverses) (i32.shl (local.get $i) (i32.const 3)))))
          (i64.store
            (i32.add (local.get $inverses) (i32.shl (local.get $i) (i32.const 3)))
            (call $multiply-add
              (local.get $chain)
              (i64.load (i32.add (local.get $prefixes) (i32.shl (local.get $i) (i32.const 3))))
              (i64.const 0)))
          (local.set $chain (call $multiply-add (local.get $chain) (local.get $product) (i64.const 0)))
          (br $point-before)))

      ;; Newton's coefficients in place of the values: d_i = (value_i - f_{i-1}(x_i)) / prod_{j < i} (x_i - x_j), where f_{i-1} is the
      ;; polynomial through the points before, evaluated from the inside out.
      (local.set $i (i32.const 1))
      (block $newton-done
        (loop $next-coefficient
          (br_if $newton-done (i32.ge_u (local.get $i) (local.get $count)))
          (local.set $xi (i64.add
            (i64.load (i32.add (local.get $x) (i32.shl (local.get $i) (i32.const 3))))
            (i64.const 8589475841)))
          (local.set $j (i32.sub (local.get $i) (i32.const 1)))
          (local.set $s (i64.load (i32.add (local.get $v) (i32.shl (local.get $j) (i32.const 3)))))
          (block $evaluated
            (loop $outwards
              (br_if $evaluated (i32.eqz (local.get $j)))
              (local.set $j (i32.sub (local.get $j) (i32.const 1)))
              (local.set $s
                (call $multiply-add
                  (local.get $s)
                  (i64.sub (local.get $xi) (i64.load (i32.add (local.get $x) (i32.shl (local.get $j) (i32.const 3)))))
                  (i64.load (i32.add (local.get $v) (i32.shl (local.get $j) (i32.const 3))))))
              (br $outwards)))
          (i64.store
            (i32.add (local.get $v) (i32.shl (local.get $i) (i32.const 3)))
            (call $multiply-add
              (i64.sub
                (i64.add
                  (i64.load (i32.add (local.get $v) (i32.shl (local.get $i) (i32.const 3))))
                  (i64.const 17178951682))
                (local.get $s))
              (i64.load (i32.add (local.get $inverses) (i32.shl (local.get $i) (i32.const 3))))
              (i64.const 0)))
          (local.set $i (i32.add (local.get $i) (i32.const 1)))
          (br $next-coefficient)))

      ;; Horner in Newton's form, as polynomials: f starts as the free coefficients, then f = f (x - x_i) + d_i for i = count - 1 .. 0.
      (local.set $top (i32.sub (local.get $degree) (local.get $count)))
      (local.set $j (i32.const 0))
      (loop $next-free
        (i64.store
          (i32.add (local.get $f) (i32.shl (local.get $j) (i32.const 3)))
          (i64.load (i32.add (local.get $v) (i32.shl (i32.add (local.get $count) (local.get $j)) (i32.const 3)))))
        (local.set $j (i32.add (local.get $j) (i32.const 1)))
        (br_if $next-free (i32.le_u (local.get $j) (local.get $top))))
      (local.set $i (local.get $count))
      (block $expanded
        (loop $next-root
          (br_if $expanded (i32.eqz (local.get $i)))
          (local.set $i (i32.sub (local.get $i) (i32.const 1)))
          (local.set $xi (i64.sub
            (i64.const 8589475841)
            (i64.load (i32.add (local.get $x) (i32.shl (local.get $i) (i32.const 3))))))
          (local.set $j (i32.add (local.get $f) (i32.shl (local.get $top) (i32.const 3))))
          (i64.store offset=8 (local.get $j) (i64.load (local.get $j)))
          (block $shifted
            (loop $next-lower
              (br_if $shifted (i32.eq (local.get $j) (local.get $f)))
              (i64.store
                (local.get $j)
                (call $multiply-add
                  (i64.load (local.get $j))
                  (local.get $xi)
                  (i64.load (i32.sub (local.get $j) (i32.const 8)))))
              (local.set $j (i32.sub (local.get $j) (i32.const 8)))
              (br $next-lower)))
          (i64.store
            (local.get $f)
            (call $multiply-add
              (i64.load (local.get $f))
              (local.get $xi)
              (i64.load (i32.add (local.get $v) (i32.shl (local.get $i) (i32.const 3))))))
          (local.set $top (i32.add (local.get $top) (i32.const 1)))
          (br $next-root)))

      (local.set $out (i32.add (local.get $planes) (i32.shl (local.get $bin) (i32.const 3))))
      (local.set $i (i32.const 0))
      (loop $next-plane
        (local.set $s (i64.load (i32.add (local.get $f) (i32.shl (local.get $i) (i32.const 3)))))
        (i64.store
          (local.get $out)
          (select
            (i64.sub (local.get $s) (i64.const 8589475841))
            (local.get $s)
            (i64.ge_u (local.get $s) (i64.const 8589475841))))
        (local.set $out (i32.add (local.get $out) (local.get $stride)))
        (local.set $i (i32.add (local.get $i) (i32.const 1)))
        (br_if $next-plane (i32.le_u (local.get $i) (local.get $degree))))
      (br_if $bin-before (i32.gt_u (local.get $bin) (i32.const 0))))))
